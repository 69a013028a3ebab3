import assert from "node:assert/strict";
import { test } from "node:test";
import { RuntimeError, RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { engineContract } from "./engine.contract.ts";
import { idle, memoryState, openWorld, statuses, type WorldOptions } from "./engine.fixture.ts";
import { flaky } from "./flaky.fixture.ts";
import { knownStatus } from "./status.ts";
import { awsvpc, container, credentials, payload, secret, taskArn } from "./task.fixture.ts";

engineContract("task engine over a fake runtime", openWorld);

for (const seed of [1, 2, 3, 4, 5]) {
  let engines = 0;
  engineContract(`task engine over a runtime whose connection breaks, seed ${seed}`, (options) =>
    openWorld({ ...options, wrap: (runtime) => flaky(runtime, 1000 * seed + engines++) }),
  );
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}

const fail = (name: string) => {
  throw new RuntimeError(name, "no");
};

const secretive = payload([container("main", { secrets: [secret] })], { executionRoleCredentials: credentials });

/** The current attempt of the task's first container. */
function mainOf({ task }: ReturnType<typeof openWorld>) {
  const [main] = task().containers;
  assert.ok(main);
  return main.attempt;
}

test("engine fails a task that comes with secrets and without credentials", async () => {
  const { engine, task } = openWorld();
  engine.accept(payload([container("main", { secrets: [secret] })]));
  await engine.allStopped();
  assert.equal(task().reason, "ASM secret resource: unable to find execution role credentials");
});

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

test("engine closes a namespace again until it is closed", async () => {
  const broken = once(() => fail("CannotRemoveContainerError"));
  const { engine, runtime, timers, retries, task } = openWorld({
    containers: (real) => ({
      async remove(id) {
        broken();
        await real.remove(id);
      },
    }),
  });
  engine.accept(payload([container("main")], awsvpc()));
  await idle();
  engine.stop(taskArn);
  await idle();
  assert.equal(knownStatus(task()), "RUNNING");
  assert.deepEqual(retries, ["CannotRemoveContainerError: no"]);
  timers.advance(100);
  await engine.allStopped();
  assert.deepEqual(await statuses(runtime), ["stopped"]);
});

test("engine closes a namespace that was created or opened although that failed", async () => {
  for (const method of ["create", "open"] as const) {
    const { engine, runtime, task } = openWorld({
      wrap: (real) => ({
        ...real,
        networks: {
          ...real.networks,
          async [method](given: never) {
            await real.networks[method](given);
            return fail("ContainerNetworkingError");
          },
        },
      }),
    });
    engine.accept(payload([container("main")], awsvpc()));
    await engine.allStopped();
    assert.equal(task().reason, "ContainerNetworkingError: no");
    assert.deepEqual(await statuses(runtime), method === "create" ? [] : ["created"]);
  }
});

test("engine creates containers while their network is opened, and starts them when it is open", async () => {
  let open = () => {};
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  const { engine, runtime, task, until } = openWorld({
    before: (operation) => (operation === "openNamespace" ? opening : undefined),
  });
  engine.accept(payload([container("main"), container("side")], awsvpc()));
  await idle();
  assert.deepEqual(await statuses(runtime), ["namespace created", "created", "created"]);
  open();
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.deepEqual(await statuses(runtime), ["namespace running", "running", "running"]);
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

test("engine stops a task whose namespace ends by itself", async () => {
  const { engine, runtime, task } = openWorld();
  engine.accept(payload([container("main")], awsvpc()));
  await idle();
  const namespace = (await runtime.containers.list()).find(({ isNamespace }) => isNamespace);
  runtime.exit(namespace?.id ?? "", 137);
  await engine.allStopped();
  assert.equal(task().reason, "ContainerNetworkingError: the task's network namespace has ended");
  assert.deepEqual(await statuses(runtime), ["stopped"]);
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

const away = (name: string, isUnheard = false) =>
  new RuntimeUnavailableError(name, "Cannot connect to the Docker daemon.", { isUnheard });

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
