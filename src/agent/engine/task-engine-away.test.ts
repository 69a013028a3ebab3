import assert from "node:assert/strict";
import { test } from "node:test";
import { idle, openWorld } from "./engine.fixture.ts";
import { knownStatus } from "./status.ts";
import { container, payload } from "./task.fixture.ts";
import { away, fail, mainOf, once } from "./task-engine.fixture.ts";

test("engine notices an end that it could not look at when it happened", async () => {
  let failing = false;
  const world = openWorld({
    containers: (real) => ({ inspect: (id) => (failing ? fail("CannotInspectContainerError") : real.inspect(id)) }),
  });
  const { engine, runtime, timers } = world;
  engine.accept(payload([container("main")]));
  await idle();
  failing = true;
  runtime.exit([...runtime.specs.keys()][0]!, 7);
  await idle();
  assert.equal(mainOf(world).status, "running");
  failing = false;
  timers.advance(100);
  await engine.allStopped();
  assert.equal(mainOf(world).exitCode, 7);
});

test("engine notices an end between the look at a started container and its answer", async () => {
  const ended = once(() => world.runtime.exit([...world.runtime.specs.keys()][0]!, 9));
  const world = openWorld({
    containers: (real) => ({
      async inspect(id) {
        const state = await real.inspect(id);
        if (state?.status === "running") ended();
        return state;
      },
    }),
  });
  world.engine.accept(payload([container("main")]));
  await idle();
  assert.equal(knownStatus(world.task()), "STOPPED");
  assert.equal(mainOf(world).exitCode, 9);
});

test("engine notices an end between the runtime's list and restore", async () => {
  let ended = () => {};
  const world = openWorld({
    containers: (real) => ({
      async list() {
        const states = await real.list();
        ended();
        return states;
      },
    }),
  });
  world.engine.accept(payload([container("main")]));
  await idle();
  ended = once(() => world.runtime.exit(mainOf(world).runtimeId ?? "", 8));
  const next = await world.killed();
  await next.engine.allStopped();
  assert.equal(mainOf(next).exitCode, 8);
});

test("engine lets a task wait for a runtime that is away, and fails it in AWS's words after a minute", async () => {
  for (const back of [true, false]) {
    let isAway = true;
    const world = openWorld({
      before(operation) {
        if (operation === "pull" && isAway) throw away("CannotPullContainerError");
      },
    });
    world.engine.accept(payload([container("main")]));
    let passed = 0;
    await world.until("half a minute is over", () => passed++ > 300 / 2);
    assert.equal(mainOf(world).status, "pulling");
    isAway = !back;
    for (let more = 0; more < 3; more++) {
      passed = 0;
      await world.until("more time is over", () => passed++ > 300 / 2);
    }
    if (back) assert.equal(knownStatus(world.task()), "RUNNING");
    else {
      assert.equal(knownStatus(world.task()), "STOPPED");
      assert.equal(mainOf(world).reason, "CannotPullContainerError: Cannot connect to the Docker daemon.");
    }
  }
});

test("engine asks first whether a start was done that the runtime did not answer", async () => {
  const breaks = once(() => {
    throw away("CannotStartContainerError");
  });
  const world = openWorld({
    program: () => ({ exitCode: 3 }),
    containers: (real) => ({
      async start(id) {
        await real.start(id);
        breaks();
      },
    }),
  });
  world.engine.accept(payload([container("main")]));
  await world.until("the task has stopped", () => knownStatus(world.task()) === "STOPPED");
  assert.deepEqual([mainOf(world).exitCode, world.starts.get("main")], [3, 1]);
});

test("engine starts nothing again of which the runtime does not say whether it ran", async () => {
  const breaks = once(() => {
    throw away("CannotStartContainerError");
  });
  const world = openWorld({ before: (operation) => (operation === "start" ? breaks() : undefined) });
  world.engine.accept(payload([container("main")]));
  await world.until("the task has stopped", () => knownStatus(world.task()) === "STOPPED");
  assert.match(mainOf(world).reason ?? "", /^CannotStartContainerError: the connection broke while/);
  assert.equal(world.starts.size, 0);
});
