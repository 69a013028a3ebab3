import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import type { ContainerSpec, ContainerState } from "../containers.ts";
import { runtimeContract } from "../contract/runtime.contract.ts";
import type { Runtime } from "../runtime.ts";
import { processRuntime } from "./process-runtime.ts";
import { openRecords } from "./records.ts";

const directories: string[] = [];
after(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true }))));

async function freshDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "sealift-test-"));
  directories.push(directory);
  return directory;
}

function open(directory: string): Runtime {
  return processRuntime({ directory, clock: systemClock, ids: randomIds, warn: (message) => assert.fail(message) });
}

async function outputOf(directory: string, id: string): Promise<string> {
  const lines = (await readFile(join(directory, id, "log.json"), "utf8")).split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line).log as string).join("");
}

function specOf(change: Partial<ContainerSpec>): ContainerSpec {
  return { name: randomIds.hex(8), image: "any", environment: {}, labels: {}, ports: [], network: "host", ...change };
}

/** The container's state when it has ended; listens before it starts. */
async function run(runtime: Runtime, spec: ContainerSpec): Promise<ContainerState> {
  const id = await runtime.containers.create(spec);
  const ended = new Promise<void>((resolve) => runtime.events(({ id: ending }) => ending === id && resolve()));
  await runtime.containers.start(id);
  await ended;
  return (await runtime.containers.inspect(id))!;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(10);
}

runtimeContract(
  "process",
  async () => {
    const directory = await freshDirectory();
    const runtime = open(directory);
    return {
      runtime,
      image: "any",
      address: "127.0.0.1",
      uncreatable: { command: [] },
      output: (id) => outputOf(directory, id),
      [Symbol.asyncDispose]: () => runtime[Symbol.asyncDispose](),
    };
  },
  { capabilities: [] },
);

test("create says how to name a command when the container has none", async () => {
  await using runtime = open(await freshDirectory());
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
    await using runtime = open(await freshDirectory());
    await assert.rejects(runtime.containers.create(specOf(change)), { name: "CannotCreateContainerError", message });
  });
}

test("the command label wins over entry point and command", async () => {
  const directory = await freshDirectory();
  await using runtime = open(directory);
  const labels = { "sealift.process.command": '["sh", "-c", "echo label"]' };
  const { id } = await run(runtime, specOf({ entryPoint: ["sh", "-c"], command: ["echo command"], labels }));
  assert.equal(await outputOf(directory, id), "label\n");
});

test("a program runs in the label's directory, the image's if it is here, or one of its own that remove deletes", async () => {
  const directory = await freshDirectory();
  const place = await freshDirectory();
  await using runtime = open(directory);
  const pwd = async (change: Partial<ContainerSpec>) => {
    const { id } = await run(runtime, specOf({ command: ["pwd"], ...change }));
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
  await using runtime = open(directory);
  const id = await runtime.containers.create(
    specOf({ command: ["sh", "-c", "trap '' TERM; (sleep 1000) & echo $!; wait; wait"] }),
  );
  await runtime.containers.start(id);
  while ((await outputOf(directory, id)) === "") await delay(10);
  const child = Number(await outputOf(directory, id));
  assert.ok(isAlive(child));
  await runtime.containers.stop(id, 0);
  await untilGone(child);
});

test("nothing of a container survives the end of its first process", async () => {
  const directory = await freshDirectory();
  await using runtime = open(directory);
  const { id } = await run(runtime, specOf({ command: ["sh", "-c", "sleep 1000 & echo $!"] }));
  await untilGone(Number(await outputOf(directory, id)));
});

test("a signal that ends a program shows in the exit code as with Docker", async () => {
  await using runtime = open(await freshDirectory());
  assert.equal((await run(runtime, specOf({ command: ["sh", "-c", "kill -ABRT $$"] }))).exitCode, 134);
});

test("a program over its memory limit is killed as OutOfMemoryError", async () => {
  await using runtime = open(await freshDirectory());
  const script = "const held = Buffer.alloc(200e6, 1); setInterval(() => held, 1000)";
  const state = await run(runtime, specOf({ command: [process.execPath, "-e", script], memory: 100e6 }));
  assert.equal(state.exitCode, 137);
  assert.equal(`${state.error}`, "OutOfMemoryError: Container killed due to memory usage");
});

test("a bridge port is reached where the program listens", async () => {
  await using runtime = open(await freshDirectory());
  const ports = [{ containerPort: 8080, hostPort: 0, protocol: "tcp" }] as const;
  const id = await runtime.containers.create(specOf({ command: ["sleep", "1000"], network: "bridge", ports }));
  assert.deepEqual((await runtime.containers.inspect(id))?.ports, []);
  await runtime.containers.start(id);
  assert.deepEqual((await runtime.containers.inspect(id))?.ports, [
    { containerPort: 8080, hostPort: 8080, protocol: "tcp", bindIp: "127.0.0.1" },
  ]);
});

test("files of the runtime hold neither environment nor log options", async () => {
  const directory = await freshDirectory();
  await using runtime = open(directory);
  const options = {
    "splunk-url": "http://127.0.0.1:1",
    "splunk-token": "canary-token",
    "splunk-verify-connection": "false",
  };
  const spec = specOf({
    command: ["sleep", "1000"],
    environment: { A: "canary-value" },
    log: { driver: "splunk", options },
  });
  await runtime.containers.start(await runtime.containers.create(spec));
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((f) => f.isFile()).map((f) => readFile(join(f.parentPath, f.name), "utf8")),
  );
  assert.ok(texts.length > 0);
  for (const text of texts) assert.doesNotMatch(text, /canary/);
});

test("disposing of the runtime ends its programs and remembers how", async () => {
  const directory = await freshDirectory();
  const runtime = open(directory);
  const id = await runtime.containers.create(specOf({ command: ["sleep", "1000"] }));
  await runtime.containers.start(id);
  await runtime[Symbol.asyncDispose]();
  await using next = open(directory);
  const state = await next.containers.inspect(id);
  assert.deepEqual([state?.status, state?.exitCode, state?.error], ["stopped", 143, undefined]);
});

test("after kill -9 the next runtime kills what was left running and lists it as stopped", async () => {
  const directory = await freshDirectory();
  const script = `
    import { processRuntime } from "${new URL("process-runtime.ts", import.meta.url)}";
    import { systemClock } from "${new URL("../../clock.ts", import.meta.url)}";
    import { randomIds } from "${new URL("../../ids.ts", import.meta.url)}";
    const runtime = processRuntime({ directory: process.argv[1], clock: systemClock, ids: randomIds });
    const spec = { name: "left", image: "any", command: ["sleep", "1000"], environment: {}, labels: { a: "b" }, ports: [], network: "host" };
    const id = await runtime.containers.create(spec);
    await runtime.containers.create({ ...spec, name: "never started" });
    await runtime.networks.open({ taskArn: "task/1", hostname: "namespace", address: "127.0.0.1", labels: {} });
    await runtime.containers.start(id);
    console.log(id);
  `;
  const sealift = spawn(process.execPath, ["--input-type=module", "-e", script, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [id] = (await once(createInterface({ input: sealift.stdout }), "line")) as [string];
  const { pid } = openRecords(directory)
    .load()
    .find((record) => record.id === id)!;
  assert.ok(isAlive(pid!));
  sealift.kill("SIGKILL");
  await once(sealift, "exit");
  assert.ok(isAlive(pid!));

  await using runtime = open(directory);
  await untilGone(pid!);
  const found = Object.fromEntries((await runtime.containers.list()).map((state) => [state.name, state]));
  assert.deepEqual(Object.keys(found).sort(), ["left", "namespace", "never started"]);
  for (const state of Object.values(found)) assert.equal(state.status, "stopped");
  assert.equal(found.left?.exitCode, 137);
  assert.equal(found.left?.error?.name, "DockerStateError");
  assert.deepEqual(found.left?.labels, { a: "b" });
  assert.equal(found.namespace?.isNamespace, true);
});

test("a process that got a left-over container's id by chance is never killed", async () => {
  const directory = await freshDirectory();
  const bystander = spawn("sleep", ["1000"], { detached: true, stdio: "ignore" });
  const record = { id: "a1", name: "left", labels: {}, status: "running", isNamespace: false, ports: [] } as const;
  openRecords(directory).save({ ...record, pid: bystander.pid!, processStart: "some other time" });
  await using runtime = open(directory);
  const state = await runtime.containers.inspect("a1");
  assert.deepEqual([state?.status, state?.exitCode], ["stopped", undefined]);
  assert.ok(isAlive(bystander.pid!));
  bystander.kill("SIGKILL");
  await once(bystander, "exit");
});
