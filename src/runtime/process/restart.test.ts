import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { until } from "../../../test/support/until.ts";
import type { ContainerState } from "../containers.ts";
import type { RuntimeEvent } from "../events.ts";
import type { Runtime } from "../runtime.ts";
import {
  firstOutput,
  freshDirectory,
  isAlive,
  open,
  outputOf,
  processesMarked,
  start,
  untilGone,
} from "./process.fixture.ts";
import { openRecords } from "./records.ts";

const waits = ["sh", "-c", "echo ready; exec sleep 1000"];

/** A Sealift that starts containers of these commands and waits to be killed, and the containers' ids. */
async function startSealift(directory: string, ...commands: (readonly string[])[]) {
  const script = `
    import { openProcessRuntime } from "${new URL("process-runtime.ts", import.meta.url)}";
    import { systemClock } from "${new URL("../../clock.ts", import.meta.url)}";
    import { randomIds } from "${new URL("../../ids.ts", import.meta.url)}";
    const [, directory, commands] = process.argv;
    const runtime = await openProcessRuntime({ directory, clock: systemClock, ids: randomIds });
    const spec = { image: "any", environment: {}, labels: { a: "b" }, ports: [], network: "host" };
    await runtime.containers.create({ ...spec, command: ["true"], name: "never started" });
    await runtime.networks.create({ taskArn: "task/1", hostname: "namespace", address: "127.0.0.1", labels: {} });
    for (const [index, command] of JSON.parse(commands).entries()) {
      const id = await runtime.containers.create({ ...spec, command, name: String(index) });
      await runtime.containers.start(id);
      console.log(id);
    }
    console.log("done");
    setInterval(() => {}, 1000);
  `;
  const words = ["--input-type=module", "-e", script, directory, JSON.stringify(commands)];
  const sealift = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const ids: string[] = [];
  for await (const line of createInterface({ input: sealift.stdout })) {
    if (line === "done") break;
    ids.push(line);
  }
  assert.equal(ids.length, commands.length);
  return { sealift, ids };
}

async function kill(sealift: ChildProcess): Promise<void> {
  sealift.kill("SIGKILL");
  await once(sealift, "exit");
}

async function keeperOf(directory: string): Promise<{ readonly pid: number; readonly id: string }> {
  return JSON.parse(await readFile(join(directory, "keeper.json"), "utf8"));
}

async function statesByName(runtime: Runtime): Promise<ReadonlyMap<string, ContainerState>> {
  return new Map((await runtime.containers.list()).map((state) => [state.name, state]));
}

test("disposing of the runtime ends its programs and its keeper, and how they ended is known afterwards", async () => {
  const directory = await freshDirectory();
  const runtime = await open(directory);
  const id = await start(runtime, { command: ["sleep", "1000"] });
  const { pid: keeper } = await keeperOf(directory);
  await runtime[Symbol.asyncDispose]();
  assert.ok(!isAlive(keeper));
  await using next = await open(directory);
  const state = await next.containers.inspect(id);
  assert.deepEqual([state?.status, state?.exitCode, state?.error], ["stopped", 143, undefined]);
});

test("when Sealift is killed its programs end too, and the next one knows how each has ended", async () => {
  const directory = await freshDirectory();
  const slow = "trap 'sleep 0.3; exit 5' TERM; echo ready; while :; do sleep 1 & wait; done";
  const daemon = "setsid sleep 1000 & echo ready; exec sleep 1000";
  const { sealift, ids } = await startSealift(directory, waits, ["sh", "-c", slow], ["sh", "-c", daemon], ["false"]);
  for (const id of ids.slice(0, 3)) await firstOutput(directory, id);
  await kill(sealift);
  const { pid: keeper } = await keeperOf(directory);
  await untilGone(keeper);
  for (const id of ids) assert.deepEqual(await processesMarked(id), []);

  await using runtime = await open(directory);
  const found = await statesByName(runtime);
  assert.deepEqual([...found.keys()].sort(), ["0", "1", "2", "3", "namespace", "never started"]);
  for (const state of found.values()) assert.equal(state.status, "stopped");
  assert.deepEqual(
    ["0", "1", "2", "3"].map((name) => found.get(name)?.exitCode),
    [143, 5, 143, 1],
  );
  const ended = "DockerStateError: Sealift ended while it ran, so it was stopped";
  assert.equal(`${found.get("0")?.error}`, ended);
  assert.equal(found.get("3")?.error, undefined);
  for (const name of ["0", "1", "2", "3"]) {
    assert.ok(found.get(name)?.startedAt instanceof Date && found.get(name)?.finishedAt instanceof Date);
  }
  assert.deepEqual(found.get("0")?.labels, { a: "b" });
  const never = found.get("never started");
  assert.deepEqual([never?.startedAt, never?.exitCode], [undefined, undefined]);
  assert.equal(`${never?.error}`, "DockerStateError: Sealift ended before it was started");
  assert.equal(found.get("namespace")?.isNamespace, true);
});

test("a Sealift that comes back at once kills what an earlier one's keeper still waits for", async () => {
  const directory = await freshDirectory();
  const { sealift, ids } = await startSealift(directory, [
    "sh",
    "-c",
    "trap '' TERM; echo ready; while :; do sleep 1; done",
  ]);
  const [id = ""] = ids;
  await firstOutput(directory, id);
  await kill(sealift);
  await using runtime = await open(directory);
  assert.deepEqual(await processesMarked(id), []);
  assert.equal((await runtime.containers.inspect(id))?.exitCode, 137);
  await runtime.containers.remove(id);
  assert.deepEqual(
    (await runtime.containers.list()).filter((state) => state.id === id),
    [],
  );
});

test("when Sealift and its keeper are killed, the next one kills what is left and says what is not known", async () => {
  const directory = await freshDirectory();
  const leaves = "setsid sleep 1000 & echo $$";
  const { sealift, ids } = await startSealift(directory, waits, ["sh", "-c", `${leaves}; exec sleep 1000`]);
  const [left = "", over = ""] = ids;
  await firstOutput(directory, left);
  const leader = Number(await firstOutput(directory, over));
  process.kill((await keeperOf(directory)).pid, "SIGKILL");
  await kill(sealift);
  process.kill(leader, "SIGKILL");
  await untilGone(leader);
  assert.equal((await processesMarked(over)).length, 1);

  await using runtime = await open(directory);
  for (const id of ids) assert.deepEqual(await processesMarked(id), []);
  const [leftState, overState] = await Promise.all(ids.map((id) => runtime.containers.inspect(id)));
  assert.deepEqual(
    [leftState?.status, leftState?.exitCode, leftState?.error?.name],
    ["stopped", 137, "DockerStateError"],
  );
  assert.deepEqual([overState?.status, overState?.exitCode], ["stopped", undefined]);
  assert.match(overState?.error?.message ?? "", /how it ended is not known/);
});

test("when only the keeper is killed its programs end, an event says so, and new ones can be started", async () => {
  const directory = await freshDirectory();
  await using runtime = await open(directory);
  const heard: RuntimeEvent[] = [];
  runtime.events((event) => heard.push(event));
  const id = await start(runtime, { command: waits });
  await firstOutput(directory, id);
  process.kill((await keeperOf(directory)).pid, "SIGKILL");
  await until("the container's end", () => heard.length > 0);
  assert.deepEqual(heard, [{ kind: "exit", id }]);
  assert.deepEqual(await processesMarked(id), []);
  assert.equal((await runtime.containers.inspect(id))?.status, "stopped");
  const next = await start(runtime, { command: ["echo", "again"] });
  assert.equal(await firstOutput(directory, next), "again\n");
  await runtime.containers.remove(id);
});

test("a program that was being started when all was killed counts as one that ran", async () => {
  const directory = await freshDirectory();
  const common = { labels: {}, status: "created", isNamespace: false, ports: [] } as const;
  const startedAt = new Date();
  const program = spawn("sleep", ["1000"], {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, SEALIFT_CONTAINER_ID: "a1" },
  });
  openRecords(directory).save({ ...common, id: "a1", name: "begun", isStarting: true, startedAt });
  await using runtime = await open(directory);
  const state = await runtime.containers.inspect("a1");
  assert.deepEqual([state?.status, state?.exitCode, state?.startedAt], ["stopped", undefined, startedAt]);
  assert.match(state?.error?.message ?? "", /whether it ran is not known/);
  if (program.exitCode === null && program.signalCode === null) await once(program, "exit");
  assert.equal(program.signalCode, "SIGKILL");
});

test("what a killed keeper had forked and what was not yet a program is killed too", async () => {
  const directory = await freshDirectory();
  const { sealift } = await startSealift(directory, waits);
  const { pid, id } = await keeperOf(directory);
  process.kill(pid, "SIGKILL");
  await kill(sealift);
  const env = { ...process.env, SEALIFT_KEEPER_ID: id };
  const forked = spawn("sleep", ["1000"], { detached: true, stdio: "ignore", env });
  const ended = once(forked, "exit");
  await using _ = await open(directory);
  await ended;
  assert.equal(forked.signalCode, "SIGKILL");
});

test("a process that got a left-over container's id by chance is never killed", async () => {
  const directory = await freshDirectory();
  const bystander = spawn("sleep", ["1000"], { detached: true, stdio: "ignore" });
  assert.ok(bystander.pid);
  const record = { id: "a1", name: "left", labels: {}, status: "running", isNamespace: false, ports: [] } as const;
  openRecords(directory).save({ ...record, pid: bystander.pid, processStart: "some other time" });
  await using runtime = await open(directory);
  const state = await runtime.containers.inspect("a1");
  assert.deepEqual([state?.status, state?.exitCode], ["stopped", undefined]);
  assert.ok(isAlive(bystander.pid));
  bystander.kill("SIGKILL");
  await once(bystander, "exit");
  assert.deepEqual(await outputOf(directory, "a1").catch(() => "none"), "none");
});
