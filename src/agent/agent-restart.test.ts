import assert from "node:assert/strict";
import { test } from "node:test";
import { RuntimeError } from "../runtime/runtime-error.ts";
import { runningIds, secretStores, withSecrets, world } from "./agent.fixture.ts";
import { startAgent } from "./agent.ts";
import { container, payload, taskArn } from "./engine/task.fixture.ts";
import { instanceArn } from "./link/control-plane.fixture.ts";

test("agent adopts running containers after a restart, deletes strays, and needs no secrets for them", async (context) => {
  const { plane, runtime, start, place, told, ends } = await world(context);
  const first = await start();
  place(withSecrets);
  await told("RUNNING");
  await first[Symbol.asyncDispose]();
  const before = await runningIds(runtime);
  assert.equal(before.length, 2);
  const stray = await runtime.containers.create({
    name: "stray",
    image: "i",
    environment: {},
    labels: {},
    ports: [],
    network: "none",
  });
  plane.calls.length = 0;

  await using _second = await start();
  const registration = plane.calls.find(({ target }) => target === "ecs.RegisterContainerInstance");
  assert.equal(registration?.body.containerInstanceArn, instanceArn);
  await told("RUNNING");
  assert.deepEqual(await runningIds(runtime), before);
  assert.equal(await runtime.containers.inspect(stray), undefined);
  assert.ok(plane.calls.every(({ target }) => target.startsWith("ecs.")));
  const id = [...runtime.specs.entries()].find(([, { name }]) => name.includes("main"))?.[0];
  runtime.exit(id!, 2);
  await told("STOPPED");
  assert.deepEqual(
    ends().map(({ exitCode }) => exitCode),
    [2],
  );
  assert.deepEqual(await runningIds(runtime), []);
});

test("agent goes on with a task whose secrets it had not read when it was restarted", async (context) => {
  const held = Promise.withResolvers<undefined>();
  const { plane, runtime, start, place, told } = await world(context, {
    answer: (call) =>
      call.target === "secretsmanager.GetSecretValue" && asked++ === 0 ? held.promise : secretStores(call),
  });
  let asked = 0;
  const first = await start();
  place(withSecrets);
  await plane.until(() => plane.calls.some(({ target }) => target === "secretsmanager.GetSecretValue"));
  await first[Symbol.asyncDispose]();
  await using _second = await start();
  place(withSecrets, "payload-2");
  await told("RUNNING");
  assert.equal([...runtime.specs.values()].length, 1);
  held.resolve(undefined);
});

test("agent notices what ended while it was away", async (context) => {
  const { runtime, start, place, told, ends } = await world(context);
  const first = await start();
  place(payload([container("main")]));
  await told("RUNNING");
  await first[Symbol.asyncDispose]();
  runtime.exit(
    (await runningIds(runtime))[0]!,
    137,
    new RuntimeError("OutOfMemoryError", "Container killed due to memory usage"),
  );
  await using _second = await start();
  await told("STOPPED");
  const [main] = ends();
  assert.deepEqual([main?.exitCode, main?.reason], [137, "OutOfMemoryError: Container killed due to memory usage"]);
});

test("agent does not forget its tasks when it cannot start", async (context) => {
  const { runtime, options, start, place, told, saved } = await world(context);
  const first = await start();
  place(payload([container("main")]));
  await told("RUNNING");
  await first[Symbol.asyncDispose]();
  const away = {
    ...runtime,
    containers: { ...runtime.containers, list: () => Promise.reject(new Error("no Engine")) },
  };
  await assert.rejects(startAgent({ ...options, runtime: away }), /no Engine/);
  assert.deepEqual(
    (await saved()).map(({ arn }) => arn),
    [taskArn],
  );
});

test("agent refuses a state that another agent uses", async (context) => {
  const { start, options } = await world(context);
  await using _agent = await start();
  await assert.rejects(startAgent(options), {
    message: `Cannot use the agent's state "${options.stateFile}": another agent uses it`,
  });
});

test("agent reports after a restart what the control plane has not acknowledged", async (context) => {
  let failing = true;
  const { plane, start, place, told, timers } = await world(context, {
    answer: ({ target }) =>
      failing && target === "ecs.SubmitTaskStateChange"
        ? { status: 400, body: { __type: "AccessDeniedException", message: "no" } }
        : undefined,
    program: () => ({ exitCode: 0 }),
  });
  const first = await start();
  place(payload([container("main")]));
  await told("STOPPED");
  await plane.until(() => timers.pending().includes(1_000) || void setImmediate(plane.changed));
  await first[Symbol.asyncDispose]();
  plane.calls.length = 0;
  failing = false;
  await using _second = await start();
  assert.equal((await told("STOPPED")).task, taskArn);
});

test("agent answers with its state when a task is sent again that has run already", async (context) => {
  const { plane, runtime, timers, start, place, told } = await world(context, { program: () => ({ exitCode: 0 }) });
  await using _agent = await start();
  place(payload([container("main")]));
  await told("STOPPED");
  await plane.until(() => timers.pending().includes(60_000) || void setImmediate(plane.changed));
  plane.calls.length = 0;
  place(payload([container("main")]), "payload-2");
  await told("STOPPED");
  await plane.message("AckRequest", ({ messageId }) => messageId === "payload-2");
  assert.equal(runtime.specs.size, 1);
});
