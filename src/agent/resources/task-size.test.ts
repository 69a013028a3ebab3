import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadTask } from "../../acs/protocol.ts";
import type { TaskLimit, TaskLimits } from "../../runtime/limits.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { openWorld } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, payload, taskArn } from "../engine/task.fixture.ts";

const mebibyte = 1024 * 1024;
const task = taskArn.split("/").at(-1) ?? "";

/** A machine that limits tasks to what `had` says of what is asked. */
function limiting(had: (limit: TaskLimit) => TaskLimits) {
  const opened: TaskLimit[] = [];
  const open = new Set<string>();
  const limits: Runtime["limits"] = {
    async open(limit) {
      opened.push(limit);
      open.add(limit.task);
      return had(limit);
    },
    async close(id) {
      open.delete(id);
    },
  };
  const world = openWorld({ wrap: (runtime) => ({ ...runtime, limits }) });
  return { ...world, opened, open };
}

async function run(world: ReturnType<typeof limiting>, sent: PayloadTask) {
  await world.engine.accept(sent);
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  return [...world.runtime.specs.values()].map(({ memory, hostConfig }) => ({ memory, hostConfig }));
}

const reserved = { config: "{}", hostConfig: JSON.stringify({ MemoryReservation: 300 * mebibyte }), version: "1.25" };
const sized = payload(
  [container("free", { dockerConfig: reserved }), container("bound", { memory: 64, dockerConfig: reserved })],
  { cpu: 0.25, memory: 512 },
);

test("a task's containers are below its group, and one without a limit may take the task's memory", async () => {
  const world = limiting(({ cpu, memory }) => ({ cpu: cpu ?? 0, memory: memory ?? 0, parent: "/ecs/x" }));
  const MemoryReservation = 300 * mebibyte;
  assert.deepEqual(await run(world, sized), [
    { memory: 512 * mebibyte, hostConfig: { MemoryReservation, CgroupParent: "/ecs/x" } },
    { memory: 64 * mebibyte, hostConfig: { MemoryReservation, CgroupParent: "/ecs/x" } },
  ]);
  assert.deepEqual(world.opened, [{ task, cpu: 0.25, memory: 512 * mebibyte }]);
});

test("where there are no groups, each container has the task's quota; a reservation is not above the limit", async () => {
  const world = limiting(() => ({ cpu: 0.25, memory: 256 * mebibyte }));
  const quota = { CpuPeriod: 100_000, CpuQuota: 25_000 };
  assert.deepEqual(await run(world, sized), [
    { memory: 256 * mebibyte, hostConfig: { MemoryReservation: 256 * mebibyte, ...quota } },
    { memory: 64 * mebibyte, hostConfig: { MemoryReservation: 300 * mebibyte, ...quota } },
  ]);
});

test("a runtime without limits gets the memory only", async () => {
  const world = openWorld();
  await world.engine.accept(sized);
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  const [free] = [...world.runtime.specs.values()];
  assert.deepEqual([free?.memory, free?.hostConfig], [512 * mebibyte, { MemoryReservation: 300 * mebibyte }]);
});

test("a task without a size has no group", async () => {
  const world = limiting(() => ({ parent: "/ecs/x" }));
  await run(world, payload([container("main")]));
  assert.deepEqual(world.opened, []);
});

test("the group goes when the task's containers have ended", async () => {
  const world = limiting(() => ({ parent: "/ecs/x" }));
  await run(world, sized);
  assert.equal(world.open.size, 1);
  world.engine.stop(taskArn);
  await world.until("the task has stopped", () => isStopped(world.task()));
  assert.equal(world.open.size, 0);
});

test("a group whose making failed goes with the task", async () => {
  const world = limiting(() => {
    throw new Error("broken");
  });
  await world.engine.accept(sized);
  await world.until("the task has stopped", () => isStopped(world.task()));
  await world.engine.remove(taskArn);
  assert.equal(world.open.size, 0);
});
