import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadContainer } from "../../acs/protocol.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { idle, openWorld, type World, type WorldOptions } from "./engine.fixture.ts";
import { flaky } from "./flaky.fixture.ts";
import { containerStatus, isStopped, knownStatus } from "./status.ts";
import { container, credentials, payload, secret, taskArn } from "./task.fixture.ts";

const policy = { enabled: true, ignoredExitCodes: [7], restartAttemptPeriod: 60 };

/** A task whose essential container has a restart policy, and has run for `seconds`. */
async function running(options: WorldOptions = {}, seconds = 60, change: Partial<PayloadContainer> = {}) {
  const world = openWorld(options);
  world.engine.accept(
    payload([container("main", { restartPolicy: policy, ...change })], { executionRoleCredentials: credentials }),
  );
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  world.clock.advance(seconds * 1000);
  return world;
}

function main({ task }: World) {
  const [found] = task().containers;
  assert.ok(found);
  return found;
}

function idOf(world: World): string {
  return main(world).attempt.runtimeId ?? "";
}

test("a container that ends is started again in its place, and its essential task goes on", async () => {
  const world = await running();
  const { runtime, clock, starts, changes } = world;
  const first = idOf(world);
  const at = clock.now().getTime();
  runtime.exit(first, 1);
  await idle();
  assert.deepEqual([starts.get("main"), idOf(world), runtime.specs.size], [2, first, 1]);
  const { status, exitCode, finishedAt, restarts } = main(world).attempt;
  assert.deepEqual(
    [status, exitCode, finishedAt, restarts],
    ["running", undefined, undefined, { count: 1, lastAt: at }],
  );
  for (const task of changes.slice(changes.findIndex((one) => knownStatus(one) === "RUNNING"))) {
    assert.deepEqual([knownStatus(task), task.containers.map(containerStatus)], ["RUNNING", ["RUNNING"]]);
  }
  clock.advance(60_000);
  runtime.exit(first, 0);
  await idle();
  assert.deepEqual([starts.get("main"), main(world).attempt.restarts?.count], [3, 2]);
});

const ends: [what: string, seconds: number, exitCode: number][] = [
  ["with an ignored exit code", 60, 7],
  ["too soon", 59, 1],
];
for (const [what, seconds, exitCode] of ends) {
  test(`a container that ends ${what} is not started again`, async () => {
    const world = await running({}, seconds);
    world.runtime.exit(idOf(world), exitCode);
    await world.engine.allStopped();
    assert.deepEqual([world.starts.get("main"), main(world).attempt.exitCode], [1, exitCode]);
  });
}

test("a container that is restarted and ends too soon stops with its last exit code", async () => {
  const world = await running();
  world.runtime.exit(idOf(world), 1);
  await idle();
  world.clock.advance(59_000);
  world.runtime.exit(idOf(world), 3);
  await world.engine.allStopped();
  assert.deepEqual([world.starts.get("main"), main(world).attempt.exitCode], [2, 3]);
});

test("a container that is stopped is not started again", async () => {
  const world = await running();
  world.engine.stop(taskArn);
  await world.engine.allStopped();
  assert.deepEqual([world.starts.get("main"), main(world).attempt.exitCode], [1, 143]);
});

test("a container that cannot be started again stops, and its reason quotes no secret", async () => {
  let isBroken = false;
  const world = await running(
    {
      value: () => "canary-value",
      before(operation) {
        if (operation === "start" && isBroken) {
          throw new RuntimeError("CannotStartContainerError", "invalid option canary-value");
        }
      },
    },
    60,
    { secrets: [secret] },
  );
  isBroken = true;
  world.runtime.exit(idOf(world), 4);
  await world.engine.allStopped();
  const { exitCode, reason } = main(world).attempt;
  assert.equal(exitCode, 4);
  assert.match(reason ?? "", /^CannotStartContainerError: the message is not shown/);
  assert.ok(!JSON.stringify(world.changes).includes("canary-value"));
});

test("health of the last run does not count for the next", async () => {
  const check = JSON.stringify({ Healthcheck: { Test: ["CMD", "true"] } });
  const dockerConfig = { config: check, hostConfig: "{}", version: "1.25" };
  const world = await running({}, 60, { healthCheckType: "docker", dockerConfig });
  world.runtime.setHealth(idOf(world), { status: "unhealthy" });
  await idle();
  assert.equal(main(world).attempt.health?.status, "UNHEALTHY");
  world.runtime.exit(idOf(world), 1);
  await idle();
  assert.equal(main(world).attempt.health?.status, "UNKNOWN");
});

test("a container that ended while no agent was there is started again by the next", async () => {
  const first = await running();
  const next = first.killed();
  first.runtime.exit(idOf(first), 1);
  const world = await next;
  await idle();
  assert.deepEqual([world.starts.get("main"), main(world).attempt.restarts?.count], [2, 1]);
  assert.equal(main(world).attempt.status, "running");
});

test("a restart that was under way when the agent was killed happens once", async () => {
  for (const when of ["before", "after"] as const) {
    let isHeld = false;
    const world = await running({
      containers: (real) => ({
        async start(id) {
          if (isHeld && when === "before") return new Promise(() => {});
          await real.start(id);
          if (isHeld) return new Promise(() => {});
        },
      }),
    });
    isHeld = true;
    world.clock.advance(1000);
    world.runtime.exit(idOf(world), 1);
    await idle();
    // The next run began later than the last one.
    isHeld = false;
    const next = await world.killed();
    await idle();
    assert.deepEqual([next.starts.get("main"), main(next).attempt.restarts?.count], [2, 1], when);
    assert.equal(main(next).attempt.status, "running");
    next.clock.advance(60_000);
    next.runtime.exit(idOf(next), 1);
    await idle();
    assert.deepEqual([next.starts.get("main"), main(next).attempt.restarts?.count], [3, 2], when);
  }
});

test("over a connection that breaks, each end leads to one restart, and nothing is left", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const world = await running({ wrap: (runtime) => flaky(runtime, seed) });
    for (let count = 1; count <= 3; count++) {
      world.clock.advance(60_000);
      world.runtime.exit(idOf(world), 1);
      await world.until("it runs again", () => {
        const { status, restarts } = main(world).attempt;
        return status === "running" && restarts?.count === count;
      });
      assert.equal(world.starts.get("main"), count + 1, `seed ${seed}`);
    }
    world.engine.stop(taskArn);
    await world.until("the task has stopped", () => isStopped(world.task()));
    await world.until("it is removed", async () => {
      await world.engine.remove(taskArn).catch(() => {});
      return world.task().removedAt !== undefined;
    });
    assert.deepEqual(await world.runtime.containers.list(), []);
  }
});

test("a container whose child the kernel killed for its memory ends with that reason", async () => {
  const world = await running({}, 0);
  world.runtime.runOutOfMemory(idOf(world));
  await idle();
  assert.equal(knownStatus(world.task()), "RUNNING");
  world.runtime.exit(idOf(world), 1);
  await world.engine.allStopped();
  const { exitCode, reason } = main(world).attempt;
  assert.deepEqual([exitCode, reason], [1, "OutOfMemoryError: Container killed due to memory usage"]);
});
