import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import manifest from "../../package.json" with { type: "json" };
import { connectDocker } from "../support/docker.ts";
import { skipUnless } from "../support/require.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const mostBytes = 6 * 1024 * 1024;

test("npm run package makes one file that installs in an empty folder and plays the quickstart", async () => {
  await using folder = await throwAwayDirectory();
  await run(process.execPath, [join(root, "scripts/package/package.ts"), folder.path]);
  const file = join(folder.path, `sealift-${manifest.version}.tgz`);
  assert(statSync(file).size <= mostBytes, `${statSync(file).size} bytes`);
  const offline = ["--offline", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...offline, "--prefix", folder.path, file], { cwd: folder.path });
  const sealift = join(folder.path, "node_modules/.bin/sealift");
  const { stdout } = await run(sealift, ["quickstart", "--runtime", "process"], { cwd: folder.path });
  assert.match(stdout, /What the .* really received/);
  await assert.rejects(run(sealift, ["findings", "--data", folder.path]), { code: 2 });
});

test("npm run image makes an image without a registry, which runs as a user and stops at SIGTERM", {
  skip: await skipUnless("docker"),
}, async () => {
  await using folder = await throwAwayDirectory();
  const file = join(folder.path, "image.tar");
  await run(process.execPath, [join(root, "scripts/package/image.ts"), file]);
  const docker = await connectDocker();
  await run("docker", ["load", "-i", file]);
  const Image = `sealift:${manifest.version}`;
  const container = await docker.createContainer({ Image, Cmd: ["up", "--no-agent", "--port", "0"] });
  try {
    await container.start();
    const state = async () => (await container.inspect()).State;
    const isHealthy = async () => (await state()).Health?.Status === "healthy";
    await until("the container is healthy", isHealthy, { seconds: 60, pause: 500 });
    assert.equal((await container.inspect()).Config.User, "1000");
    await container.stop({ t: 20 });
    assert.equal((await state()).ExitCode, 0);
  } finally {
    await container.remove({ force: true, v: true });
    await docker.getImage(Image).remove({ force: true });
  }
});
