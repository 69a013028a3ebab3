import assert from "node:assert/strict";
import { test } from "node:test";
import { idle, memoryState, openWorld, statuses, type WorldOptions } from "./engine.fixture.ts";
import { knownStatus } from "./status.ts";
import { awsvpc, container, payload, taskArn } from "./task.fixture.ts";
import { away, fail, mainOf, once, secretive } from "./task-engine.fixture.ts";

for (const during of ["pull", "openNamespace", "create", "start"] as const) {
  test(`engine leaves nothing running when a task is stopped during ${during}`, async () => {
    const held = Promise.withResolvers<void>();
    const { engine, runtime, task } = openWorld({
      before: (operation) => (operation === during ? held.promise : undefined),
    });
    engine.accept(payload([container("main"), container("side")], awsvpc()));
    await idle();
    engine.stop(taskArn);
    engine.stop(taskArn);
    await idle();
    held.resolve();
    await engine.allStopped();
    await idle();
    assert.equal(knownStatus(task()), "STOPPED");
    assert.ok(!(await statuses(runtime)).some((status) => status.endsWith("running")));
    assert.ok(!(await runtime.containers.list()).some(({ isNamespace }) => isNamespace));
  });
}

test("engine creates and starts nothing when a task is stopped before the intent is on the disk", async () => {
  for (const intent of ["creating", "starting"] as const) {
    const held = Promise.withResolvers<void>();
    const store = memoryState();
    const world = openWorld({
      store: {
        ...store,
        async save(task) {
          if (task.containers[0]?.attempt.status === intent) await held.promise;
          await store.save(task);
        },
      },
    });
    world.engine.accept(payload([container("main")]));
    await idle();
    assert.equal(mainOf(world).status, intent);
    assert.deepEqual(await statuses(world.runtime), intent === "creating" ? [] : ["created"]);
    world.engine.stop(taskArn);
    held.resolve();
    await world.engine.allStopped();
    assert.deepEqual(await statuses(world.runtime), intent === "creating" ? [] : ["created"]);
    assert.equal(mainOf(world).reason, undefined);
    await world.engine.remove(taskArn);
    assert.deepEqual(await statuses(world.runtime), []);
  }
});

test("engine creates nothing when a task is stopped while its secrets are read", async () => {
  const held = Promise.withResolvers<string>();
  const { engine, runtime, task } = openWorld({ value: () => held.promise });
  engine.accept(secretive);
  await idle();
  engine.stop(taskArn);
  await idle();
  assert.equal(knownStatus(task()), "STOPPED");
  held.resolve("late");
  await idle();
  assert.deepEqual(await statuses(runtime), []);
});

test("engine stops a container whose start failed although it runs", async () => {
  for (const method of ["start", "inspect"] as const) {
    const broken = once(() => fail("CannotInspectContainerError"));
    const world = openWorld({
      containers: (real) => ({
        async [method](id: string) {
          const result = await real[method](id);
          broken();
          return result as never;
        },
      }),
    });
    world.engine.accept(payload([container("main")]));
    await world.engine.allStopped();
    assert.deepEqual(await statuses(world.runtime), ["stopped"], method);
    assert.equal(mainOf(world).reason, "CannotInspectContainerError: no");
  }
});

test("engine stops a container again and again until nothing of it runs", async () => {
  let attempts = 0;
  const { engine, runtime, timers, retries } = openWorld({
    containers: (real) => ({
      async stop(id, timeout) {
        attempts += 1;
        if (attempts === 1) fail("CannotStopContainerError");
        if (attempts === 2) return;
        await real.stop(id, timeout);
      },
    }),
  });
  engine.accept(payload([container("main", { stopTimeout: 0 })]));
  await idle();
  engine.stop(taskArn);
  for (const count of [1, 2]) {
    await idle();
    assert.equal(attempts, count);
    timers.advance(100);
  }
  await engine.allStopped();
  assert.equal(attempts, 3);
  assert.deepEqual(retries, [
    "CannotStopContainerError: no",
    "CannotStopContainerError: it was stopped and still runs",
  ]);
  assert.deepEqual(await statuses(runtime), ["stopped"]);
});

test("engine stops a container after 30 seconds' grace unless its definition says otherwise", async () => {
  const asked: number[] = [];
  const { engine } = openWorld({
    containers: (real) => ({
      async stop(id, timeout) {
        asked.push(timeout);
        await real.stop(id, timeout);
      },
    }),
  });
  engine.accept(
    payload([container("one"), container("two", { stopTimeout: 7 }), container("three", { stopTimeout: 0 })]),
  );
  await idle();
  engine.stop(taskArn);
  await engine.allStopped();
  assert.deepEqual(asked, [30, 7, 30]);
});

test("engine deletes a container that was created although that failed", async () => {
  const world = openWorld({
    containers: (real) => ({
      async create(spec) {
        await real.create(spec);
        return fail("CannotCreateContainerError");
      },
    }),
  });
  world.engine.accept(payload([container("main")]));
  await world.engine.allStopped();
  assert.deepEqual(await statuses(world.runtime), ["created"]);
  await world.engine.remove(taskArn);
  assert.deepEqual(await statuses(world.runtime), []);
});

test("engine is disposed of while it waits for the runtime, and leaves the task as it is", async () => {
  for (const operation of ["openNamespace", "create", "start"] as const) {
    let isAway = true;
    const options: WorldOptions = {
      before(now) {
        if (now === operation && isAway) throw away("CannotDoItError", true);
      },
    };
    const world = openWorld(options);
    world.engine.accept(payload([container("main")], awsvpc()));
    await idle();
    await world.engine[Symbol.asyncDispose]();
    isAway = false;
    const next = await world.killed();
    await next.until("the task runs", () => knownStatus(next.task()) === "RUNNING");
    assert.equal(next.starts.get("main"), 1, operation);
  }
});

test("engine is disposed of without waiting for pulls, secrets and retries, and reports nothing afterwards", async () => {
  const held = Promise.withResolvers<void>();
  const pulling = openWorld({
    before: (operation) => (operation === "pull" ? held.promise : undefined),
    value: () => held.promise.then(() => "late"),
  });
  pulling.engine.accept(secretive);
  await pulling.engine[Symbol.asyncDispose]();
  const before = pulling.task();
  held.resolve();
  await idle();
  assert.equal(pulling.task(), before);
  assert.equal(before.desired, "RUNNING");

  const stopping = openWorld({
    before: (operation) => (operation === "stop" ? fail("CannotStopContainerError") : undefined),
  });
  stopping.engine.accept(payload([container("main")]));
  await idle();
  stopping.engine.stop(taskArn);
  await idle();
  await stopping.engine[Symbol.asyncDispose]();
  assert.deepEqual(stopping.timers.pending(), []);
  stopping.runtime.exit([...stopping.runtime.specs.keys()][0]!, 0);
  await idle();
  assert.equal(mainOf(stopping).status, "stopping");
});

test("engine is disposed of without what the runtime does not come to an end with, and finds it at the next start", async () => {
  const held = Promise.withResolvers<void>();
  const world = openWorld({ before: (operation) => (operation === "start" ? held.promise : undefined) });
  const { engine, runtime, timers } = world;
  engine.accept(payload([container("main")]));
  await idle();
  const disposed = engine[Symbol.asyncDispose]();
  await idle();
  timers.advance(10_000);
  await disposed;
  held.resolve();
  await idle();
  assert.deepEqual(await statuses(runtime), ["running"]);
  const next = await world.killed();
  await idle();
  assert.equal(knownStatus(next.task()), "RUNNING");
});

test("engine is disposed of once it knows what is being created, and that is on the disk", async () => {
  const held = Promise.withResolvers<void>();
  const { engine, runtime, store } = openWorld({
    before: (operation) => (operation === "create" ? held.promise : undefined),
  });
  engine.accept(payload([container("main")]));
  await idle();
  const disposed = engine[Symbol.asyncDispose]();
  held.resolve();
  await disposed;
  const saved = store.tasks()[0]?.containers[0]?.attempt;
  assert.deepEqual([saved?.status, saved?.runtimeId], ["created", [...runtime.specs.keys()][0]]);
});
