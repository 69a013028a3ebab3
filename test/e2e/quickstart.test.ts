import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { enginePrefix } from "../../src/server/open-runtime.ts";
import { connectDocker } from "../support/docker.ts";
import { sealiftProgram } from "../support/program.ts";
import { skipUnless } from "../support/require.ts";
import { throwAwayData } from "../support/throw-away.ts";

const timeout = 480_000;
const skip = await skipUnless("docker");

async function interrupt(runtime: "docker" | "process", step: RegExp) {
  await using temporary = await throwAwayData();
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", sealiftProgram, "quickstart", "--runtime", runtime],
    { env: { ...process.env, TMPDIR: temporary.path }, stdio: ["ignore", "pipe", "inherit"] },
  );
  let directory: string | undefined;
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    if (!step.test(line)) continue;
    directory = (await readdir(temporary.path)).find((name) => name.startsWith("sealift-quickstart-"));
    child.kill("SIGINT");
  }
  const [code] = await ended;
  assert.ok(directory !== undefined, "it reached the step");
  return { code, prefix: enginePrefix(join(temporary.path, directory)), left: await readdir(temporary.path) };
}

test("an interrupted quickstart deletes its data directory", { timeout }, async () => {
  const { code, left } = await interrupt("process", /^6\. /);
  assert.equal(code, 130);
  assert.deepEqual(
    left.filter((name) => name.startsWith("sealift-quickstart-")),
    [],
  );
});

test("an interrupted quickstart takes its containers along", { skip, timeout }, async () => {
  const { code, prefix, left } = await interrupt("docker", /^6\. /);
  assert.equal(code, 130);
  assert.deepEqual(
    left.filter((name) => name.startsWith("sealift-quickstart-")),
    [],
  );
  const docker = await connectDocker();
  const filters = { name: [prefix] };
  assert.deepEqual(await docker.listContainers({ all: true, filters }), []);
  assert.deepEqual(await docker.listNetworks({ filters }), []);
});
