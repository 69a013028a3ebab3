import assert from "node:assert/strict";
import { test } from "node:test";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { engineContract } from "./engine.contract.ts";
import { idle, memoryState, openWorld, statuses } from "./engine.fixture.ts";
import { flaky } from "./flaky.fixture.ts";
import { knownStatus } from "./status.ts";
import { container, credentials, payload, secret, taskArn } from "./task.fixture.ts";
import { fail, mainOf, secretive } from "./task-engine.fixture.ts";

engineContract("task engine over a fake runtime", openWorld);

for (const seed of [1, 2, 3, 4, 5]) {
  let engines = 0;
  engineContract(`task engine over a runtime whose connection breaks, seed ${seed}`, (options) =>
    openWorld({ ...options, wrap: (runtime) => flaky(runtime, 1000 * seed + engines++) }),
  );
}

test("engine fails a task that comes with secrets and without credentials", async () => {
  const { engine, task } = openWorld();
  engine.accept(payload([container("main", { secrets: [secret] })]));
  await engine.allStopped();
  assert.equal(task().reason, "ASM secret resource: unable to find execution role credentials");
});

test("engine starts nothing while its intent cannot be saved, and goes on when it can", async () => {
  let isFull = false;
  const store = memoryState();
  const world = openWorld({
    store: {
      ...store,
      async save(task) {
        if (isFull) throw new Error("the disk is full");
        await store.save(task);
      },
    },
    before(operation) {
      if (operation === "pull") isFull = true;
    },
  });
  world.engine.accept(payload([container("main")]));
  await idle();
  assert.deepEqual([mainOf(world).status, await statuses(world.runtime)], ["creating", []]);
  assert.equal(world.retries[0], "Cannot save its state: Error: the disk is full");
  isFull = false;
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
});

test("engine reports why a container that failed to start never ran", async () => {
  const world = openWorld({
    before: (operation) => (operation === "start" ? fail("CannotStartContainerError") : undefined),
  });
  world.engine.accept(payload([container("main")], { launchType: "FARGATE" }));
  await world.engine.allStopped();
  const { reason, exitCode, startedAt } = mainOf(world);
  assert.deepEqual([reason, exitCode, startedAt], ["CannotStartContainerError: no", undefined, undefined]);
  assert.equal(world.task().reason, "CannotStartContainerError: no");
});

test("engine shows no secret that the runtime quotes when it cannot create or start the container", async () => {
  const canary = "canary-secret-option";
  const quoting = (name: string) => {
    throw new RuntimeError(name, `invalid value "${canary}" for max-size: invalid size: '${canary}'`);
  };
  for (const operation of ["create", "start"] as const) {
    for (const launchType of ["EC2", "FARGATE"] as const) {
      const world = openWorld({
        value: () => canary,
        before: (now) => (now === operation ? quoting(`Cannot_${operation}`) : undefined),
      });
      world.engine.accept({ ...secretive, launchType });
      await world.engine.allStopped();
      const reason = `Cannot_${operation}: invalid value "***" for max-size: invalid size: '***'`;
      assert.equal(mainOf(world).reason, reason);
      assert.ok(!JSON.stringify([world.changes, world.retries, world.store.tasks()]).includes(canary));
    }
  }
});

test("engine shows no secret that the runtime quotes after a restart, when it does not know the secret any more", async () => {
  const canary = "canary-secret-option";
  let quotes = false;
  const held = Promise.withResolvers<void>();
  const world = openWorld({
    value: () => canary,
    before(operation) {
      if (operation !== "start") return;
      if (!quotes) return held.promise;
      throw new RuntimeError("CannotStartContainerError", `invalid size: '${canary}'`);
    },
  });
  world.engine.accept(secretive);
  await idle();
  quotes = true;
  const next = await world.killed();
  await next.engine.allStopped();
  const reason = "CannotStartContainerError: the message is not shown, as it may quote a secret";
  assert.equal(mainOf(next).reason, reason);
});

test("engine gives up those that wait for a container longer than its startTimeout", async () => {
  const { engine, clock, timers, task } = openWorld();
  const main = container("main", { dependsOn: [{ containerName: "init", condition: "SUCCESS" }] });
  engine.accept(payload([container("init", { essential: false, startTimeout: 5 }), main]));
  await idle();
  // Timers may go off early.
  clock.advance(4999);
  timers.advance(5000);
  await idle();
  assert.equal(task().desired, "RUNNING");
  clock.advance(1);
  timers.advance(1);
  await engine.allStopped();
  const which =
    "dependency [init(init-image) (RUNNING->RUNNING)] for target [main(main-image) (MANIFEST_PULLED->RUNNING)]";
  const reason = `CannotStartContainerError: dependency graph: container ordering ${which} has timed out.`;
  const waiting = task().containers[1]?.attempt;
  assert.deepEqual([waiting?.reason, waiting?.exitCode], [reason, 143]);
});

test("engine waits with secrets of a restored task until its credentials come", async () => {
  for (const how of ["payload", "refresh"] as const) {
    let isHeld = true;
    const world = openWorld({ value: () => (isHeld ? new Promise<string>(() => {}) : "value") });
    world.engine.accept(secretive);
    await idle();
    isHeld = false;
    const next = await world.killed();
    await idle();
    assert.deepEqual([mainOf(next).status, next.sessions], ["pulled", []]);
    if (how === "payload") next.engine.accept(secretive);
    else next.engine.refreshCredentials(taskArn, "TaskExecution", credentials);
    await idle();
    assert.equal(knownStatus(next.task()), "RUNNING");
    assert.deepEqual(next.sessions, [credentials]);
  }
});

test("engine hides what an unexpected failure of the secrets says", async () => {
  const { engine, task } = openWorld({
    secretSource() {
      throw new TypeError("canary");
    },
  });
  engine.accept(secretive);
  await engine.allStopped();
  assert.equal(task().reason, "UnknownError: the task's secrets could not be resolved (TypeError)");
});
