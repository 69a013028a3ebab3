import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { until } from "../../../test/support/until.ts";
import type { ContainerSpec } from "../containers.ts";
import { runtimeContract } from "../contract/runtime.contract.ts";
import type { RuntimeEvent } from "../events.ts";
import {
  firstOutput,
  freshDirectory,
  isAlive,
  open,
  outputOf,
  processesMarked,
  run,
  specOf,
  start,
  untilGone,
} from "./process.fixture.ts";

runtimeContract(
  "process",
  async () => {
    const directory = await freshDirectory();
    const runtime = await open(directory);
    return {
      runtime,
      image: "any",
      address: "127.0.0.1",
      uncreatable: { command: [] },
      output: (id) => outputOf(directory, id),
      [Symbol.asyncDispose]: () => runtime[Symbol.asyncDispose](),
    };
  },
  { capabilities: process.platform === "linux" ? ["logs", "stats", "linkLocal"] : ["logs", "linkLocal"] },
);

test("create says how to name a command when the container has none", async () => {
  await using runtime = await open(await freshDirectory());
  await assert.rejects(
    runtime.containers.create(specOf({})),
    /no images.*"command" or "entryPoint".*"sealift\.process\.command"/,
  );
});

const refused: [string, Partial<ContainerSpec>, RegExp][] = [
  ["a command label that is no list", { labels: { "sealift.process.command": "ls" } }, /not a JSON array of strings/],
  ["a command label with a number", { labels: { "sealift.process.command": "[1]" } }, /not a JSON array of strings/],
  [
    "a directory that is not there",
    { command: ["true"], labels: { "sealift.process.directory": "/no/such" } },
    /no directory "\/no\/such"/,
  ],
  [
    "a log driver that is not there",
    { command: ["true"], log: { driver: "gelf", options: {} } },
    /no log driver named 'gelf'/,
  ],
  ["a stop signal that is not there", { command: ["true"], config: { StopSignal: "SIGNO" } }, /Invalid signal: SIGNO/],
];
for (const [what, change, message] of refused) {
  test(`create refuses ${what}`, async () => {
    await using runtime = await open(await freshDirectory());
    await assert.rejects(runtime.containers.create(specOf(change)), { name: "CannotCreateContainerError", message });
  });
}

test("stop waits for as long as a task definition may say, which is longer than a timer can", async () => {
  const directory = await freshDirectory();
  await using runtime = await open(directory);
  const id = await start(runtime, {
    command: ["sh", "-c", "trap 'sleep 0.2; exit 9' TERM; echo ready; while :; do sleep 1 & wait; done"],
  });
  await firstOutput(directory, id);
  await runtime.containers.stop(id, 2 ** 31 - 1);
  assert.equal((await runtime.containers.inspect(id))?.exitCode, 9);
});

test("the command label wins over entry point and command", async () => {
  const directory = await freshDirectory();
  await using runtime = await open(directory);
  const labels = { "sealift.process.command": '["sh", "-c", "echo label"]' };
  const { id } = await run(runtime, { entryPoint: ["sh", "-c"], command: ["echo command"], labels });
  assert.equal(await outputOf(directory, id), "label\n");
});

test("a program runs in the label's directory, the image's if it is here, or one of its own that remove deletes", async () => {
  const directory = await freshDirectory();
  const place = await freshDirectory();
  await using runtime = await open(directory);
  const pwd = async (change: Partial<ContainerSpec>) => {
    const { id } = await run(runtime, { command: ["pwd"], ...change });
    return { id, path: (await outputOf(directory, id)).trim() };
  };
  assert.equal((await pwd({ labels: { "sealift.process.directory": place } })).path, place);
  assert.equal((await pwd({ config: { WorkingDir: place } })).path, place);
  const own = await pwd({ config: { WorkingDir: "/no/such" } });
  assert.equal(own.path, join(directory, own.id, "work"));
  await runtime.containers.remove(own.id);
  assert.ok(!(await readdir(directory)).includes(own.id));
});

test("stop ends the whole process group", async () => {
  const directory = await freshDirectory();
  await using runtime = await open(directory);
  const id = await start(runtime, { command: ["sh", "-c", "trap '' TERM; (sleep 1000) & echo $!; wait; wait"] });
  const child = Number(await firstOutput(directory, id));
  assert.ok(isAlive(child));
  await runtime.containers.stop(id, 0);
  await untilGone(child);
});

const background: [string, string][] = [
  ["in its group", "sleep 1000 & echo $!"],
  ["in a session of its own", "setsid sleep 1000 & echo $!"],
  [
    "in a session of its own and behind its back",
    "setsid sh -c 'sleep 1000 & sleep 1000 & wait' > /dev/null 2>&1 & echo $!",
  ],
];
for (const [where, script] of background) {
  test(`nothing of a container survives the end of its first process, ${where}`, async () => {
    const directory = await freshDirectory();
    await using runtime = await open(directory);
    const { id, exitCode } = await run(runtime, { command: ["sh", "-c", `${script}; exit 3`] });
    assert.equal(exitCode, 3);
    assert.deepEqual(await processesMarked(id), []);
  });
}

test("a signal that ends a program shows in the exit code as with Docker", async () => {
  await using runtime = await open(await freshDirectory());
  assert.equal((await run(runtime, { command: ["sh", "-c", "kill -ABRT $$"] })).exitCode, 134);
});

test("a program over its memory limit is killed as OutOfMemoryError, and an event says so", async () => {
  await using runtime = await open(await freshDirectory());
  const heard: RuntimeEvent[] = [];
  runtime.events((event) => heard.push(event));
  const script = "const held = Buffer.alloc(200e6, 1); setInterval(() => held, 1000)";
  const { id, exitCode, error } = await run(runtime, { command: [process.execPath, "-e", script], memory: 100e6 });
  assert.equal(exitCode, 137);
  assert.equal(`${error}`, "OutOfMemoryError: Container killed due to memory usage");
  await until("the events", () => heard.length === 2);
  assert.deepEqual(heard, [
    { kind: "oom", id },
    { kind: "exit", id },
  ]);
});

test("a bridge port is reached where the program listens", async () => {
  await using runtime = await open(await freshDirectory());
  const ports = [{ containerPort: 8080, hostPort: 0, protocol: "tcp" }] as const;
  const id = await runtime.containers.create(specOf({ command: ["sleep", "1000"], network: "bridge", ports }));
  assert.deepEqual((await runtime.containers.inspect(id))?.ports, []);
  await runtime.containers.start(id);
  assert.deepEqual((await runtime.containers.inspect(id))?.ports, [
    { containerPort: 8080, hostPort: 8080, protocol: "tcp", bindIp: "127.0.0.1" },
  ]);
});

test("files of the runtime are its owner's alone, and hold neither environment nor log options", async () => {
  const directory = await freshDirectory();
  await using runtime = await open(directory);
  const options = {
    "splunk-url": "http://127.0.0.1:1",
    "splunk-token": "canary-token",
    "splunk-verify-connection": "false",
  };
  const command = ["sleep", "1000"];
  await start(runtime, { command, environment: { A: "canary-value" }, log: { driver: "splunk", options } });
  await start(runtime, { command, environment: { A: "canary-value" } });
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  assert.ok(files.length > 3, `${files}`);
  for (const file of files) {
    assert.equal((await stat(file)).mode & 0o777, 0o600, file);
    assert.doesNotMatch(await readFile(file, "utf8"), /canary/, file);
  }
});

test("labels of any name come back as they were", async () => {
  const directory = await freshDirectory();
  const labels = { error: "x", startedAt: "y", health: "z" };
  {
    await using runtime = await open(directory);
    await run(runtime, { command: ["true"], labels });
  }
  await using next = await open(directory);
  assert.deepEqual(
    (await next.containers.list()).map((state) => state.labels),
    [labels],
  );
});
