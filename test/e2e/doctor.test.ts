import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import manifest from "../../package.json" with { type: "json" };
import { connectDocker } from "../support/docker.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift } from "../support/sealift.ts";
import { prefixOf, throwAwayDirectory } from "../support/throw-away.ts";

interface Check {
  readonly id: string;
  readonly works: string;
  readonly detail: string;
  readonly mend?: string;
}

async function doctor(...flags: readonly string[]) {
  const { code, stdout, stderr } = await runSealift("doctor", "--json", ...flags);
  assert.equal(stderr, "");
  return { code, checks: new Map((JSON.parse(stdout) as Check[]).map((check) => [check.id, check])) };
}

test("sealift doctor tries the Engine, the task endpoint and limits for real, and leaves nothing behind", {
  skip: await skipUnless("docker"),
}, async () => {
  await using folder = await throwAwayDirectory();
  const docker = await connectDocker();
  const data = join(folder.path, "new");
  const prefix = prefixOf(`${data}#doctor`);
  const { code, checks } = await doctor("--runtime", "docker", "--port", "0", "--data", data);
  assert.equal(code, 0);
  assert.match(checks.get("engine")!.detail, /^Docker Engine \d+\./);
  assert.equal(checks.get("task-endpoint")!.works, "yes");
  for (const id of ["node", "data", "port", "network"]) assert.equal(checks.get(id)!.works, "yes", id);
  for (const { works, mend } of checks.values()) assert.equal(works === "yes", mend === undefined);
  const filters = { name: [prefix] };
  assert.deepEqual(await docker.listContainers({ all: true, filters }), []);
  assert.deepEqual(await docker.listNetworks({ filters }), []);
});

test("sealift doctor says what fails: a taken port, a folder that cannot be written, an Engine that does not answer", async () => {
  await using folder = await throwAwayDirectory();
  await writeFile(join(folder.path, "file"), "");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const { code, checks } = await doctor(
    "--runtime",
    "process",
    "--port",
    String(port),
    "--data",
    join(folder.path, "file/data"),
  );
  server.close();
  assert.equal(code, 1);
  assert.deepEqual(
    ["port", "data", "engine"].map((id) => checks.get(id)!.works),
    ["no", "no", "yes"],
  );
  assert.match(checks.get("port")!.detail, /EADDRINUSE/);
  const wrong = await runSealift("doctor", "--port", "x");
  assert.equal(wrong.code, 2);
});

for (const shell of ["bash", "zsh", "fish"]) {
  test(`sealift completion ${shell} knows every command and flag`, async () => {
    const { code, stdout } = await runSealift("completion", shell);
    assert.equal(code, 0);
    for (const word of ["quickstart", "--deny-plaintext-secrets", "verify", "--tls-cert"]) {
      assert(stdout.includes(word) || stdout.includes(word.replace(/^--/, "-l ")), word);
    }
  });
}

test("bash completes commands, flags and choices by the script, and files after a flag with a value", async () => {
  const { stdout: script } = await runSealift("completion", "bash");
  const completed = (...words: readonly string[]) => {
    const line = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _sealift; echo "\${COMPREPLY[*]}"`;
    return execFileSync("bash", ["-c", `${script}\n${line}`], { encoding: "utf8" }).trim();
  };
  assert.equal(completed("sealift", "quicks"), "quickstart");
  assert.equal(completed("sealift", "audit", "ver"), "verify");
  assert.equal(completed("sealift", "completion", "z"), "zsh");
  assert.equal(completed("sealift", "up", "--throw"), "--throw-away");
  assert.equal(completed("sealift", "audit", "--data", "check", "export", "--fr"), "--from");
  assert.equal(completed("sealift", "up", "--data", "/us"), "/usr");
});

test("sealift --version prints the version of the package", async () => {
  assert.deepEqual(await runSealift("--version"), { code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  const { code, stderr } = await runSealift("completion", "powershell");
  assert.deepEqual([code, /bash, zsh, fish/.test(stderr)], [2, true]);
});
