import assert from "node:assert/strict";
import { test } from "node:test";
import { idle, openWorld, statuses } from "./engine.fixture.ts";
import { knownStatus } from "./status.ts";
import { awsvpc, container, payload, taskArn } from "./task.fixture.ts";
import { fail, once } from "./task-engine.fixture.ts";

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
