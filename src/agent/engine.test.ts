import assert from "node:assert/strict";
import { test } from "node:test";
import type { RoleCredentials } from "../acs/protocol.ts";
import { fakeClock } from "../clock.ts";
import { fakeTimers } from "../concurrency/timers.ts";
import { defined } from "../defined.ts";
import { randomIds } from "../ids.ts";
import type { Containers } from "../runtime/containers.ts";
import { type FakeRuntime, type FakeRuntimeOptions, fakeRuntime } from "../runtime/fake.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { RuntimeError } from "../runtime/runtime-error.ts";
import { type EngineOptions, taskEngine } from "./engine.ts";
import { fakeSecretSource } from "./secrets/fake-source.ts";
import { awsvpc, container, credentials, payload, secret, taskArn } from "./task.fixture.ts";
import { type AgentTask, knownStatus, newTask } from "./task.ts";

interface Changes {
  readonly before?: FakeRuntimeOptions["before"];
  readonly program?: FakeRuntimeOptions["program"];
  readonly value?: () => string | Promise<string>;
  /** Replaces methods of the runtime's containers. */
  readonly containers?: (real: Containers) => Partial<Containers>;
  /** Shared with another engine. */
  readonly runtime?: FakeRuntime;
}

function setUp({ before, program, value = () => "value", containers: replace, runtime: shared }: Changes = {}) {
  const clock = fakeClock();
  const timers = fakeTimers();
  const runtime = shared ?? fakeRuntime({ clock, ids: randomIds, ...defined({ before, program }) });
  const retries: string[] = [];
  const sessions: RoleCredentials[] = [];
  const options: EngineOptions = {
    runtime: { ...runtime, containers: { ...runtime.containers, ...replace?.(runtime.containers) } },
    clock,
    timers,
    ids: randomIds,
    cluster: "default",
    region: "eu-west-1",
    secretSource(session) {
      sessions.push(session);
      return {
        ...fakeSecretSource(),
        getSecretValue: async () => ({ secretString: await value() }),
        async [Symbol.asyncDispose]() {},
      };
    },
    onChange() {},
    onRetry: (_task, reason) => retries.push(reason),
    retryDelay: 100,
  };
  const engine = taskEngine(options);
  return {
    engine,
    runtime,
    clock,
    timers,
    retries,
    sessions,
    task: () => engine.tasks().find(({ arn }) => arn === taskArn)!,
  };
}

/** Lets everything happen that waits for nothing but promises. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

async function statuses(runtime: Runtime): Promise<string[]> {
  return (await runtime.containers.list()).map(({ status, isNamespace }) =>
    isNamespace ? `namespace ${status}` : status,
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

test("engine runs a task with its secrets, and reads them as the execution role", async () => {
  const { engine, runtime, task, sessions } = setUp();
  engine.accept(
    payload([container("main", { secrets: [secret] })], { ...awsvpc(), executionRoleCredentials: credentials }),
  );
  await idle();
  assert.equal(knownStatus(task()), "RUNNING");
  assert.deepEqual(
    [...runtime.specs.values()].map(({ environment }) => environment.PASSWORD),
    ["value"],
  );
  assert.deepEqual(sessions, [credentials]);
  engine.stop(taskArn);
  await engine.allStopped();
  assert.deepEqual(await statuses(runtime), ["stopped"]);
  await engine.remove(taskArn);
  assert.deepEqual([await statuses(runtime), engine.tasks()], [[], []]);
});

test("engine fails a task that comes with secrets and without credentials", async () => {
  const { engine, task } = setUp();
  engine.accept(payload([container("main", { secrets: [secret] })]));
  await engine.allStopped();
  assert.equal(task().reason, "ASM secret resource: unable to find execution role credentials");
});

for (const during of ["pull", "openNamespace", "create", "start"] as const) {
  test(`engine leaves nothing running when a task is stopped during ${during}`, async () => {
    const held = Promise.withResolvers<void>();
    const { engine, runtime, task } = setUp({
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

test("engine creates nothing when a task is stopped while its secrets are read", async () => {
  const held = Promise.withResolvers<string>();
  const { engine, runtime, task } = setUp({ value: () => held.promise });
  engine.accept(payload([container("main", { secrets: [secret] })], { executionRoleCredentials: credentials }));
  await idle();
  engine.stop(taskArn);
  assert.equal(knownStatus(task()), "STOPPED");
  held.resolve("late");
  await idle();
  assert.deepEqual(await statuses(runtime), []);
});

test("engine stops a container whose start failed although it runs", async () => {
  for (const method of ["start", "inspect"] as const) {
    const broken = once(() => fail("CannotInspectContainerError"));
    const { engine, runtime, task } = setUp({
      containers: (real) => ({
        async [method](id: string) {
          const result = await real[method](id);
          broken();
          return result as never;
        },
      }),
    });
    engine.accept(payload([container("main")]));
    await engine.allStopped();
    assert.deepEqual(await statuses(runtime), ["stopped"], method);
    assert.equal(task().containers[0]?.reason, "CannotInspectContainerError: no");
  }
});

test("engine tells why a container that failed to start never ran", async () => {
  const { engine, task } = setUp({
    before: (operation) => (operation === "start" ? fail("CannotStartContainerError") : undefined),
  });
  engine.accept(payload([container("main")], { launchType: "FARGATE" }));
  await engine.allStopped();
  const [main] = task().containers;
  assert.deepEqual(
    [main?.reason, main?.exitCode, main?.startedAt],
    ["CannotStartContainerError: no", undefined, undefined],
  );
  assert.equal(task().reason, "CannotStartContainerError: no");
});

test("engine stops a container again and again until nothing of it runs", async () => {
  let attempts = 0;
  const { engine, runtime, timers, retries } = setUp({
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
  const { engine } = setUp({
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
  const { engine, runtime, timers, retries, task } = setUp({
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

test("engine notices an end that it could not look at when told", async () => {
  let failing = false;
  const { engine, runtime, timers, task } = setUp({
    containers: (real) => ({ inspect: (id) => (failing ? fail("CannotInspectContainerError") : real.inspect(id)) }),
  });
  engine.accept(payload([container("main")]));
  await idle();
  failing = true;
  runtime.exit([...runtime.specs.keys()][0]!, 7);
  await idle();
  assert.equal(task().containers[0]?.status, "running");
  failing = false;
  timers.advance(100);
  await engine.allStopped();
  assert.equal(task().containers[0]?.exitCode, 7);
});

test("engine notices an end between the look at a started container and its answer", async () => {
  const ended = once(() => runtime.exit([...runtime.specs.keys()][0]!, 9));
  const { engine, runtime, task } = setUp({
    containers: (real) => ({
      async inspect(id) {
        const state = await real.inspect(id);
        if (state?.status === "running") ended();
        return state;
      },
    }),
  });
  engine.accept(payload([container("main")]));
  await idle();
  assert.equal(knownStatus(task()), "STOPPED");
  assert.equal(task().containers[0]?.exitCode, 9);
});

test("engine stops a task whose namespace ends by itself", async () => {
  const { engine, runtime, task } = setUp();
  engine.accept(payload([container("main")], awsvpc()));
  await idle();
  runtime.exit(task().namespace.id!, 137);
  await engine.allStopped();
  assert.equal(task().reason, "ContainerNetworkingError: the task's network namespace has ended");
  assert.deepEqual(await statuses(runtime), ["stopped"]);
});

test("engine gives up those that wait for a container longer than its startTimeout", async () => {
  const { engine, clock, timers, task } = setUp();
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
  const reason =
    "CannotStartContainerError: dependency graph: container ordering dependency [init] for target [main] has timed out.";
  assert.deepEqual([task().containers[1]?.reason, task().containers[1]?.exitCode], [reason, 143]);
});

test("engine waits with secrets of a restored task until its credentials come", async () => {
  for (const how of ["payload", "refresh"] as const) {
    const { engine, task, sessions } = setUp();
    const sent = payload([container("main", { secrets: [secret] })], { executionRoleCredentials: credentials });
    engine.restore([{ ...newTask(sent), secrets: "waiting" }]);
    await idle();
    assert.equal(task().containers[0]?.status, "pulled");
    if (how === "payload") engine.accept(sent);
    else engine.refreshCredentials(taskArn, credentials);
    await idle();
    assert.equal(knownStatus(task()), "RUNNING");
    assert.deepEqual(sessions, [credentials]);
  }
});

test("engine hides what an unexpected failure of the secrets says", async () => {
  const { engine, task } = setUp();
  const broken = {
    ...secret,
    get valueFrom(): string {
      throw new TypeError("canary");
    },
  };
  engine.accept({ ...payload([container("main", { secrets: [broken] })]), executionRoleCredentials: credentials });
  await engine.allStopped();
  assert.equal(task().reason, "UnknownError: the task's secrets could not be resolved (TypeError)");
});

test("engine notices an end between the runtime's list and restore", async () => {
  const first = setUp();
  first.engine.accept(payload([container("main")]));
  await idle();
  await first.engine[Symbol.asyncDispose]();
  const saved = first.task();
  const second = setUp({ runtime: first.runtime });
  first.runtime.exit(saved.containers[0]!.runtimeId!, 8);
  second.engine.restore([saved]);
  await second.engine.allStopped();
  assert.equal(second.task().containers[0]?.exitCode, 8);
});

test("engine is disposed of without waiting for pulls, secrets and retries, and tells nothing afterwards", async () => {
  const held = Promise.withResolvers<void>();
  const pulling = setUp({
    before: (operation) => (operation === "pull" ? held.promise : undefined),
    value: () => held.promise.then(() => "late"),
  });
  pulling.engine.accept(payload([container("main", { secrets: [secret] })], { executionRoleCredentials: credentials }));
  await pulling.engine[Symbol.asyncDispose]();
  const before = pulling.task();
  held.resolve();
  await idle();
  assert.equal(pulling.task(), before);

  const stopping = setUp({
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
  assert.equal(stopping.task().containers[0]?.status, "stopping");
});

test("engine is disposed of once it knows what is being created", async () => {
  const held = Promise.withResolvers<void>();
  const { engine, runtime, task } = setUp({
    before: (operation) => (operation === "create" ? held.promise : undefined),
  });
  engine.accept(payload([container("main")]));
  await idle();
  const disposed = engine[Symbol.asyncDispose]();
  held.resolve();
  await disposed;
  const saved: AgentTask = task();
  assert.deepEqual(
    [saved.containers[0]?.status, saved.containers[0]?.runtimeId],
    ["created", [...runtime.specs.keys()][0]],
  );
});
