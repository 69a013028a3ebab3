import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { promisify } from "node:util";
import manifest from "../../package.json" with { type: "json" };
import { SealiftContainer } from "../../packages/testing/src/index.ts";
import { openSqlite } from "../../src/storage/sqlite.ts";
import { clientsOf } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { madePackages } from "../support/packages.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const mostBytes = 6 * 1024 * 1024;
const Image = `sealift:${manifest.version}`;
const offline = ["--offline", "--no-audit", "--no-fund"];

const packed = await madePackages();
after(() => packed[Symbol.asyncDispose]());

async function packageOf(name: string): Promise<string> {
  const file = join(packed.path, `${name}-${manifest.version}.tgz`);
  const { size } = await stat(file);
  assert(size <= mostBytes, `${size} bytes`);
  return file;
}

test("an installation of the package begins with the database that the source makes", async () => {
  const schemaOf = (path: string) => {
    using file = new DatabaseSync(path, { readOnly: true });
    return file.prepare("select name, sql from sqlite_master order by name").all();
  };
  await using folder = await throwAwayDirectory();
  await run("tar", ["-xzf", await packageOf("sealift"), "-C", folder.path, "package/dist/empty.db"]);
  const made = join(folder.path, "made.db");
  await (await openSqlite(made))[Symbol.asyncDispose]();
  assert.deepEqual(schemaOf(join(folder.path, "package/dist/empty.db")), schemaOf(made));
});

test("npm run package makes one file that installs in an empty folder and plays the quickstart", async () => {
  await using folder = await throwAwayDirectory();
  const file = await packageOf("sealift");
  await run("npm", ["install", ...offline, "--prefix", folder.path, file], { cwd: folder.path });
  const sealift = join(folder.path, "node_modules/.bin/sealift");
  const { stdout } = await run(sealift, ["quickstart", "--runtime", "process"], { cwd: folder.path });
  assert.match(stdout, /What the .* really received/);
  await assert.rejects(run(sealift, ["findings", "--data", folder.path]), { code: 2 });

  // What V8 compiled for a command is kept, and V8 takes it: otherwise it would be made anew.
  const cache = join(folder.path, "node_modules/sealift/dist/.cache");
  const kept = async (command: string) => {
    const names = (await readdir(cache)).filter((name) => name.includes(`-${command}-`)).sort();
    return Promise.all(names.map(async (name) => ({ name, at: (await stat(join(cache, name))).mtimeMs })));
  };
  await run(sealift, ["completion", "bash"]);
  const first = await kept("completion");
  assert.deepEqual(
    first.map(({ name }) => name.replace(/-v.*/, "")),
    ["cli-completion", "late-completion", "up-completion"],
  );
  await run(sealift, ["completion", "bash"]);
  assert.deepEqual(await kept("completion"), first);

  // Help needs no more than the first script.
  await run(sealift, ["check", "--help"]);
  assert.deepEqual(
    (await kept("check--help")).map(({ name }) => name.replace(/-v.*/, "")),
    ["cli-check--help"],
  );

  // A command that fails has less compiled. What it leaves helps until one succeeds.
  const failed = await kept("findings");
  assert.deepEqual(
    failed.map(({ name }) => name.replace(/-v.*-/, " ")),
    ["cli-findings--data failed", "late-findings--data failed", "up-findings--data failed"],
  );
  await assert.rejects(run(sealift, ["findings", "--data", folder.path]), { code: 2 });
  assert.deepEqual(await kept("findings"), failed);

  // However many commands there are, no more than a few are kept.
  for (let n = 0; n < 60; n++) await writeFile(join(cache, `cli-of-another-version-${n}`), "");
  await run(sealift, ["policy", "--help"]);
  assert.equal((await readdir(cache)).length, 48);
  assert.deepEqual(await kept("completion"), first);

  // What a server loads until it is ready is all in the first two (scripts/package/parts.ts).
  for (const runtime of ["process", "docker"] as const) {
    if (runtime === "docker" && (await skipUnless("docker"))) continue;
    await using server = await startSealift({ runtime, program: sealift });
    assert.match(server.endpoint, /^http/);
  }
  const names = (await readdir(cache)).filter((name) => /^\w+-up-/.test(name));
  assert.deepEqual([...new Set(names.map((name) => name.replace(/-up-.*/, "")))].sort(), ["cli", "up"]);
});

test("examples/testing: a secret is stored, reset, and gone under node:test, Vitest and Jest, with types", async (t) => {
  await using folder = await throwAwayDirectory();
  const project = join(folder.path, "project");
  await cp(join(root, "examples/testing"), project, { recursive: true });
  const file = await packageOf("sealift-testing");
  // npm would ask a registry for what else the project needs.
  await run("npm", ["install", ...offline, "--prefix", folder.path, file], { cwd: folder.path });
  const modules = join(project, "node_modules");
  await mkdir(modules);
  for (const name of ["@aws-sdk", "vitest", "jest", "@types"]) {
    await symlink(join(root, "node_modules", name), join(modules, name));
  }
  const { scripts } = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
  // Without the variables by which Node's runner knows its own children.
  const env = { PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}`, HOME: folder.path };
  for (const [runner, passed] of [
    ["node", /pass 2$/m],
    ["vitest", /2 passed/],
    ["jest", /2 passed/],
  ] as const) {
    await t.test(runner, async () => {
      const { stdout, stderr } = await run("sh", ["-c", scripts[`test:${runner}`]], { cwd: project, env });
      assert.match(`${stdout}${stderr}`, passed);
    });
  }
  await t.test("types", async () => {
    const flags = ["--noEmit", "--strict", "--module", "nodenext", "--skipLibCheck", "--types", "node"];
    const js = ["--allowImportingTsExtensions", "--allowJs"];
    await run("tsc", [...flags, ...js, "test/database.node.test.ts"], { cwd: project, env });
  });
});

test("npm run image makes an image without a registry, which runs as a user, is healthy and stops at SIGTERM", {
  skip: await skipUnless("docker"),
}, async (t) => {
  await using folder = await throwAwayDirectory();
  const file = join(folder.path, "image.tar");
  await run(process.execPath, [join(root, "scripts/package/image.ts"), file]);
  const docker = await connectDocker();
  await run("docker", ["load", "-i", file]);
  t.after(() => docker.getImage(Image).remove({ force: true }));
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
  }

  await t.test("SealiftContainer starts it, empties it and leaves nothing", async () => {
    const filters = { label: ["sealift.testing"] };
    const before = await docker.listContainers({ all: true, filters });
    {
      await using sealift = await new SealiftContainer(Image, { account: "111122223333" }).start();
      const { secretsManager, sts } = clientsOf(sealift);
      assert.equal((await sts.getCallerIdentity()).Account, "111122223333");
      await secretsManager.createSecret({ Name: "a", SecretString: "value" });
      await sealift.reset();
      await assert.rejects(secretsManager.getSecretValue({ SecretId: "a" }), { name: "ResourceNotFoundException" });
      await sealift.stop();
    }
    assert.equal((await docker.listContainers({ all: true, filters })).length, before.length);
    await assert.rejects(new SealiftContainer(Image, { region: "nowhere" }).start(), /Cannot use region "nowhere"/);
    await assert.rejects(new SealiftContainer("sealift:none").start(), /docker run: /);
    assert.equal((await docker.listContainers({ all: true, filters })).length, before.length);
  });
});
