import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorld } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, credentials, payload, secret, taskArn } from "../engine/task.fixture.ts";

const canary = "canary-value\0\nof a file";

function docker(labels: object) {
  return { config: JSON.stringify({ Labels: labels }), hostConfig: "{}", version: "1.25" };
}

const inDirectory = docker({ "sealift.secrets.files": "/run/secrets" });
const main = container("main", { secrets: [secret], dockerConfig: inDirectory });
const side = container("side", { secrets: [secret] });
const sent = payload([main, side], { executionRoleCredentials: credentials });

const holders = (world: ReturnType<typeof openWorld>) =>
  world.runtime.containers.list().then((all) => all.filter(({ isNamespace }) => isNamespace));

test("a secret is a file where a label says so, and a variable in another container", async () => {
  const world = openWorld({ value: () => canary.replace("\0", "") });
  const { engine, until, task, runtime, store } = world;
  engine.accept(sent);
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  const specs = new Map([...runtime.specs.values()].map((spec) => [spec.image, spec]));
  const [holder] = await holders(world);
  assert.deepEqual(specs.get("main-image")?.files, {
    store: holder?.id,
    mounts: [{ path: "/run/secrets", directory: new Map([["PASSWORD", canary.replace("\0", "")]]) }],
  });
  const { PASSWORD_FILE, ...environment } = specs.get("main-image")?.environment ?? {};
  assert.equal(PASSWORD_FILE, "/run/secrets/PASSWORD");
  assert.ok(!JSON.stringify(environment).includes("canary"));
  assert.equal(specs.get("side-image")?.files, undefined);
  assert.equal(specs.get("side-image")?.environment.PASSWORD, canary.replace("\0", ""));
  assert.ok(!JSON.stringify([store.tasks(), engine.tasks(), world.changes]).includes("canary"));
});

test("a value with NUL, which no variable can have, is a file", async () => {
  const { engine, until, task, runtime } = openWorld({ value: () => canary });
  engine.accept(payload([main], { executionRoleCredentials: credentials }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  const [mount] = [...runtime.specs.values()][0]?.files?.mounts ?? [];
  assert.ok(mount && "directory" in mount && mount.directory.get("PASSWORD") === canary);
});

test("a binary secret is a file of its bytes; as a variable it stays empty, as on AWS", async () => {
  const bytes = Uint8Array.of(0xfe, 0xed, 0, 0x0a, 0xff);
  const { engine, until, task, runtime } = openWorld({ value: () => bytes });
  engine.accept(sent);
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  const specs = new Map([...runtime.specs.values()].map((spec) => [spec.image, spec]));
  const [mount] = specs.get("main-image")?.files?.mounts ?? [];
  assert.ok(mount && "directory" in mount);
  assert.deepEqual(mount.directory.get("PASSWORD"), bytes);
  assert.equal(specs.get("side-image")?.environment.PASSWORD, "");
});

test("a variable for the file's path that the task definition sets itself is left alone", async () => {
  const { engine, until, task, runtime } = openWorld();
  const own = { ...main, environment: { PASSWORD_FILE: "/own" } };
  engine.accept(payload([own], { executionRoleCredentials: credentials }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.equal([...runtime.specs.values()][0]?.environment.PASSWORD_FILE, "/own");
});

test("the store of secret files goes when the task stops, and before its containers are deleted", async () => {
  const world = openWorld();
  world.engine.accept(sent);
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  world.engine.stop(taskArn);
  await world.until("the task has stopped", () => isStopped(world.task()));
  assert.deepEqual(await holders(world), []);
  assert.equal((await world.runtime.containers.list()).length, 2);
});

test("the store of secret files is kept over a kill -9, and is no stray", async () => {
  const first = openWorld();
  first.engine.accept(sent);
  await first.until("the task runs", () => knownStatus(first.task()) === "RUNNING");
  const [before] = await holders(first);
  const second = await first.killed();
  second.engine.accept(sent);
  await second.until("the task runs", () => knownStatus(second.task()) === "RUNNING");
  assert.deepEqual(
    (await holders(second)).map(({ id }) => id),
    [before?.id],
  );
  assert.equal(second.runtime.stores.size, 1);
});

test("a task whose store of secret files ended stops and says so", async () => {
  const world = openWorld();
  world.engine.accept(sent);
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  const [holder] = await holders(world);
  world.runtime.exit(holder?.id ?? "", 137);
  await world.until("the task has stopped", () => isStopped(world.task()));
  assert.equal(world.task().reason, "ResourceInitializationError: the store of the task's secret files has ended");
});

test("wrong labels stop the task and say why, before anything is made", async () => {
  const world = openWorld();
  const wrong = { ...main, dockerConfig: docker({ "sealift.secrets.file.PASWORD": "/run/secrets/password" }) };
  world.engine.accept(payload([wrong], { executionRoleCredentials: credentials }));
  await world.until("the task has stopped", () => isStopped(world.task()));
  const said = 'docker label "sealift.secrets.file.PASWORD" of container "main" names no secret of the container';
  assert.equal(world.task().reason, `ResourceInitializationError: ${said}`);
  assert.deepEqual(await world.runtime.containers.list(), []);
});

test("a runtime without stores of files says so", async () => {
  const world = openWorld({
    wrap: ({ fileStores: _, ...runtime }) => ({ ...runtime, kind: "process" }),
  });
  world.engine.accept(sent);
  await world.until("the task has stopped", () => isStopped(world.task()));
  assert.equal(
    world.task().reason,
    "ResourceInitializationError: docker labels want secrets as files, which the process runtime cannot give",
  );
});
