import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { PayloadTask } from "../acs/protocol.ts";
import { fakeClock } from "../clock.ts";
import { fakeTimers } from "../concurrency/timers.ts";
import { randomIds } from "../ids.ts";
import type { Log } from "../log.ts";
import { type FakeRuntime, type FakeRuntimeOptions, fakeRuntime } from "../runtime/fake.ts";
import { processLinkLocal } from "../runtime/process/link-local.ts";
import { RuntimeError, RuntimeUnavailableError } from "../runtime/runtime-error.ts";
import { type AgentOptions, startAgent } from "./agent.ts";
import { openState } from "./engine/sqlite-state.ts";
import { awsvpc, container, credentials, payload, secret, taskArn } from "./engine/task.fixture.ts";
import {
  type Answer,
  type Call,
  fakeControlPlane,
  instanceArn,
  instanceCredentials,
} from "./link/control-plane.fixture.ts";

const secretValue = "canary-secret-value";
const parameter = { ...secret, name: "TOKEN", provider: "ssm", valueFrom: "/token" } as const;

/** The sessions of the task's own role. */
const taskRole = { ...credentials, credentialsId: "task-role", secretAccessKey: "canary-task-role-key" };
const refreshed = { ...taskRole, secretAccessKey: "canary-refreshed-key", sessionToken: "canary-refreshed-token" };

/** The stores that secrets are read from, for who has the execution role's session. */
function secretStores({ target, accessKeyId }: Call): Answer | undefined {
  if (accessKeyId !== credentials.accessKeyId) return undefined;
  if (target === "secretsmanager.GetSecretValue") return { body: { Name: "password", SecretString: secretValue } };
  if (target === "AmazonSSM.GetParameters") {
    return { body: { Parameters: [{ Name: "/token", Value: secretValue }], InvalidParameters: [] } };
  }
  return undefined;
}

const denied = (call: Call): Answer | undefined =>
  call.target === "secretsmanager.GetSecretValue"
    ? { status: 400, body: { __type: "AccessDeniedException", message: "not authorized" } }
    : undefined;

async function world(
  context: TestContext,
  {
    answer = secretStores,
    ...runtimeOptions
  }: { answer?: (call: Call) => Answer | undefined | Promise<Answer | undefined> } & Partial<FakeRuntimeOptions> = {},
) {
  const directory = await mkdtemp(join(tmpdir(), "agent-"));
  context.after(() => rm(directory, { recursive: true, force: true }));
  const clock = fakeClock();
  const timers = fakeTimers();
  // The SDK's clients sign with the real time, the session with the agent's clock.
  const real = new Date();
  clock.advance(real.getTime() - clock.now().getTime());
  const plane = await fakeControlPlane({ now: () => clock.now(), answer });
  context.after(() => plane[Symbol.asyncDispose]());
  const runtime = fakeRuntime({ clock, ids: randomIds, ...runtimeOptions });
  const lines: string[] = [];
  const write = (fields: object, message: string) =>
    void lines.push(`${message} ${JSON.stringify(fields)} ${String((fields as { err?: unknown }).err)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const stateFile = join(directory, "state", "agent.db");
  const options: AgentOptions = {
    cluster: "default",
    endpoints: [plane.endpoint],
    region: "eu-west-1",
    credentials: async () => instanceCredentials,
    runtime,
    stateFile,
    fargate: true,
    cleanupWait: 60_000,
    clock,
    ids: randomIds,
    log,
    timers,
  };
  return {
    plane,
    runtime,
    clock,
    timers,
    lines,
    options,
    /** The tasks that another agent would find after a kill -9 at this moment. */
    async saved() {
      const copy = await mkdtemp(join(directory, "copy-"));
      await cp(join(stateFile, ".."), copy, { recursive: true });
      await using state = openState(join(copy, "agent.db"));
      return state.tasks();
    },
    async stateText() {
      const texts = [stateFile, `${stateFile}-wal`].map((path) => readFile(path, "latin1").catch(() => ""));
      return (await Promise.all(texts)).join("\n");
    },
    /** Starts an agent that has connected. */
    async start(change: Partial<AgentOptions> = {}) {
      const before = plane.sockets.length;
      const agent = await startAgent({ ...options, ...change });
      await plane.connected(before + 1);
      return agent;
    },
    place(task: PayloadTask, messageId = "payload-1"): void {
      const addressed = { clusterArn: "default", containerInstanceArn: instanceArn };
      plane.send("PayloadMessage", { ...addressed, messageId, generatedAt: 1, tasks: [task] });
    },
    /** What it was told of the end of the task's containers; that may come before the task's. */
    ends: () =>
      plane.calls
        .flatMap(({ body }) => (body.containers ?? []) as { status: string; exitCode?: number; reason?: string }[])
        .filter(({ status }) => status === "STOPPED"),
    /** What the control plane is told of the task once it is told that status. */
    told: (status: string) =>
      plane.until(
        () =>
          plane.calls.findLast(({ target, body }) => target === "ecs.SubmitTaskStateChange" && body.status === status)
            ?.body,
      ),
  };
}

const withSecrets = payload([container("main", { secrets: [secret, parameter] })], {
  ...awsvpc(),
  executionRoleCredentials: credentials,
  roleCredentials: taskRole,
});

const runningIds = async (runtime: FakeRuntime) =>
  (await runtime.containers.list()).filter(({ status }) => status === "running").map(({ id }) => id);

test("agent runs a task with its secrets and stops it; nothing secret is written down, told or logged", async (context) => {
  const { plane, runtime, start, place, told, ends, stateText, lines, options } = await world(context);
  const texts: string[] = [];
  await using agent = await start();
  assert.equal(agent.containerInstanceArn, instanceArn);
  place(withSecrets);
  assert.deepEqual(await plane.message("AckRequest"), {
    cluster: "default",
    containerInstance: instanceArn,
    messageId: "payload-1",
  });
  texts.push(await stateText());
  const running = await told("RUNNING");
  assert.deepEqual(
    (running.containers as { containerName: string }[]).map(({ containerName }) => containerName),
    ["main"],
  );
  const refresh = { taskArn, roleType: "TaskApplication", roleCredentials: refreshed } as const;
  plane.send("IAMRoleCredentialsMessage", { messageId: "refresh", ...refresh });
  await plane.message("IAMRoleCredentialsAckRequest");
  texts.push(await stateText());
  const [spec] = runtime.specs.values();
  assert.deepEqual([spec?.environment.PASSWORD, spec?.environment.TOKEN], [secretValue, secretValue]);
  const reads = plane.calls.filter(({ target }) => !target.startsWith("ecs."));
  assert.deepEqual(
    reads.map(({ accessKeyId }) => accessKeyId),
    [credentials.accessKeyId, credentials.accessKeyId],
  );

  place({ ...withSecrets, desiredStatus: "STOPPED" }, "payload-2");
  await plane.message("AckRequest", ({ messageId }) => messageId === "payload-2");
  const stopped = await told("STOPPED");
  assert.equal(stopped.reason, undefined);
  assert.deepEqual(
    ends().map(({ exitCode }) => exitCode),
    [143],
  );
  assert.deepEqual(await runningIds(runtime), []);
  await agent[Symbol.asyncDispose]();
  texts.push(await stateText(), lines.join("\n"));
  const reports = plane.calls.filter(({ target }) => target.startsWith("ecs."));
  texts.push(JSON.stringify(reports), JSON.stringify(plane.received));
  const canaries = [
    secretValue,
    credentials.secretAccessKey,
    credentials.sessionToken,
    credentials.accessKeyId,
    taskRole.secretAccessKey,
    refreshed.secretAccessKey,
    refreshed.sessionToken,
    instanceCredentials.secretAccessKey,
    instanceCredentials.sessionToken,
  ];
  for (const text of texts)
    for (const canary of canaries) assert.ok(!text.includes(canary), `${canary} in ${text.slice(0, 200)}`);
  assert.ok(texts[0]?.includes(taskArn) && options.stateFile !== "");
  assert.deepEqual(plane.problems, []);
});

test("agent acknowledges a payload only after the task is on the disk", async (context) => {
  const { plane, start, place, saved } = await world(context, { before: () => new Promise(() => {}) });
  await using _agent = await start();
  // The file as it is when the acknowledgement arrives.
  const seen = plane.message("AckRequest").then(saved);
  place(payload([container("main")]));
  assert.deepEqual(
    (await seen).map(({ arn }) => arn),
    [taskArn],
  );
});

test("agent stops a task whose secret is denied, and says why", async (context) => {
  const { runtime, start, place, told } = await world(context, { answer: denied });
  await using _agent = await start();
  place(payload([container("main", { secrets: [secret] })], { executionRoleCredentials: credentials }));
  const stopped = await told("STOPPED");
  assert.match(String(stopped.reason), /^Secret arn:aws:secretsmanager:.*AccessDeniedException: not authorized/);
  assert.deepEqual(await runtime.containers.list(), []);
});

test("agent acknowledges refreshed credentials", async (context) => {
  const { plane, start } = await world(context);
  await using _agent = await start();
  for (const roleType of ["TaskExecution", "TaskApplication"] as const) {
    plane.send("IAMRoleCredentialsMessage", { messageId: roleType, taskArn, roleType, roleCredentials: credentials });
    const { credentialsId, expiration } = credentials;
    const acknowledged = await plane.message("IAMRoleCredentialsAckRequest", ({ messageId }) => messageId === roleType);
    assert.deepEqual(acknowledged, { messageId: roleType, credentialsId, expiration });
  }
});

test("agent asks before it stops a task that the manifest lacks", async (context) => {
  const { plane, runtime, start, place, told } = await world(context);
  await using _agent = await start();
  place(payload([container("main")]));
  await told("RUNNING");
  const manifest = { clusterArn: "default", containerInstanceArn: instanceArn, generatedAt: 1, timeline: 1 };
  const known = [{ taskArn, taskClusterArn: "default", desiredStatus: "RUNNING" }];
  plane.send("TaskManifestMessage", { ...manifest, messageId: "manifest-1", tasks: known });
  await plane.message("AckRequest", ({ messageId }) => messageId === "manifest-1");
  plane.send("TaskManifestMessage", { ...manifest, messageId: "manifest-2", tasks: [] });
  const asked = await plane.message("TaskStopVerificationMessage");
  assert.deepEqual(asked, { messageId: "manifest-2", stopCandidates: [{ taskArn }] });
  assert.equal((await runningIds(runtime)).length, 1);
  plane.send("TaskStopVerificationAck", { messageId: "verified", stopTasks: [{ taskArn }] });
  await told("STOPPED");
  assert.deepEqual(await runningIds(runtime), []);
});

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

test("agent deletes a stopped task's containers when the wait is over, and not before the control plane knows", async (context) => {
  let failing = true;
  const { plane, runtime, clock, timers, start, place, told, saved, lines } = await world(context, {
    answer: ({ target, body }) =>
      failing && target === "ecs.SubmitTaskStateChange" && body.status === "STOPPED"
        ? { status: 400, body: { __type: "AccessDeniedException", message: "no" } }
        : undefined,
    program: () => ({ exitCode: 0 }),
  });
  await using _agent = await start();
  place(payload([container("main")]));
  await told("STOPPED");
  await plane.until(() => timers.pending().includes(1_000) || void setImmediate(plane.changed));
  assert.ok(!timers.pending().includes(60_000));
  failing = false;
  timers.advance(1_000);
  await plane.until(() => timers.pending().includes(60_000) || void setImmediate(plane.changed));
  assert.equal((await runtime.containers.list()).length, 1);
  clock.advance(60_000);
  timers.advance(60_000);
  // It is known for an hour more, in case it is sent again.
  await plane.until(() => timers.pending().includes(3_600_000) || void setImmediate(plane.changed));
  assert.deepEqual(await runtime.containers.list(), []);
  assert.equal((await saved()).length, 1);
  clock.advance(3_600_000);
  timers.advance(3_600_000);
  while ((await saved()).length > 0) await new Promise(setImmediate);
  assert.ok(lines.some((line) => line.startsWith("Cannot report a task's change")));
});

test("agent clears everything, and takes no more orders meanwhile", async (context) => {
  const { plane, runtime, start, place, told, saved } = await world(context);
  await using agent = await start();
  place(withSecrets);
  await told("RUNNING");
  const socket = await plane.connected();
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await agent.clear();
  await closed;
  assert.deepEqual(await runtime.containers.list(), []);
  assert.deepEqual(await saved(), []);
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

test("agent waits at its start for a control plane that is not up, says so once, and does not wait when refused", async (context) => {
  let registered: "no answer" | "refused" | "yes" = "no answer";
  const { plane, options, timers, start, lines } = await world(context, {
    answer(call) {
      setImmediate(plane.changed);
      if (call.target !== "ecs.RegisterContainerInstance" || registered === "yes") return secretStores(call);
      return registered === "refused"
        ? { status: 400, body: { __type: "AccessDeniedException", message: "not you" } }
        : { status: 503, body: {} };
    },
  });
  const agent = start();
  for (const _ of [1, 2]) {
    while (!timers.pending().includes(2_000)) await new Promise(setImmediate);
    timers.advance(2_000);
  }
  registered = "yes";
  while (plane.sockets.length === 0) {
    if (timers.pending().includes(2_000)) timers.advance(2_000);
    await new Promise(setImmediate);
  }
  await (await agent)[Symbol.asyncDispose]();
  assert.equal(lines.filter((line) => line.startsWith("The agent waits for its control plane")).length, 1);
  registered = "refused";
  await assert.rejects(startAgent(options), { name: "AccessDeniedException" });
  registered = "no answer";
  const stopping = new AbortController();
  const stopped = assert.rejects(startAgent({ ...options, signal: stopping.signal }));
  while (!timers.pending().includes(2_000)) await new Promise(setImmediate);
  stopping.abort();
  await stopped;
});

test("agent waits at its start for a runtime that cannot be reached, and says so once", async (context) => {
  const { plane, runtime, options, timers, start, lines } = await world(context);
  const failing = new Set(["describe", "list"]);
  function unlessAway<T>(name: string, work: () => Promise<T>): Promise<T> {
    setImmediate(plane.changed);
    return failing.has(name) ? Promise.reject(new RuntimeUnavailableError("Cannot", `no ${name}`)) : work();
  }
  const late = {
    ...runtime,
    describe: () => unlessAway("describe", () => runtime.describe()),
    containers: { ...runtime.containers, list: () => unlessAway("list", () => runtime.containers.list()) },
  };
  const agent = start({ runtime: late });
  const waiting = () => plane.until(() => timers.pending().includes(2_000));
  for (const name of ["describe", "list"]) {
    await waiting();
    timers.advance(2_000);
    await waiting();
    failing.delete(name);
    timers.advance(2_000);
  }
  await using _agent = await agent;
  const said = lines.filter((line) => line.startsWith("The agent waits for its runtime"));
  assert.equal(said.length, 2);
  assert.match(said[0] ?? "", /no describe/);

  failing.add("describe");
  const stopping = new AbortController();
  const another = startAgent({
    ...options,
    runtime: late,
    stateFile: `${options.stateFile}2`,
    signal: stopping.signal,
  });
  await waiting();
  stopping.abort();
  await assert.rejects(another, /no describe/);
});

test("agent passes over a malformed payload and keeps nothing of it", async (context) => {
  const { plane, start, place, saved, lines } = await world(context);
  await using _agent = await start();
  place({ ...payload([]), containers: [{ name: "main" }] } as unknown as PayloadTask);
  place(payload([container("main")], { arn: `${taskArn}0` }), "payload-2");
  await plane.message("AckRequest", ({ messageId }) => messageId === "payload-2");
  assert.deepEqual(
    (await saved()).map(({ arn }) => arn),
    [`${taskArn}0`],
  );
  assert.ok(lines.some((line) => line.startsWith("Cannot deal with a message of the control plane")));
});

test("agent quotes no secret of which the runtime says that it is no log option", async (context) => {
  const { plane, start, place, told, ends, lines, stateText } = await world(context, {
    before(operation) {
      if (operation !== "create") return;
      throw new RuntimeError(
        "CannotCreateContainerError",
        `invalid value for max-size: invalid size: '${secretValue}'`,
      );
    },
  });
  await using _agent = await start();
  place({ ...withSecrets, launchType: "FARGATE" });
  const stopped = await told("STOPPED");
  const reason = "CannotCreateContainerError: invalid value for max-size: invalid size: '***'";
  assert.deepEqual([stopped.reason, ends()[0]?.reason], [reason, reason]);
  for (const text of [JSON.stringify(plane.calls), lines.join(), await stateText()]) {
    assert.ok(!text.includes(secretValue), text.slice(0, 200));
  }
});

test("agent refuses a state that another agent uses", async (context) => {
  const { start, options } = await world(context);
  await using _agent = await start();
  await assert.rejects(startAgent(options), {
    message: `Cannot use the agent's state "${options.stateFile}": another agent uses it`,
  });
});

test("agent goes on to the next endpoint when it loses one", async (context) => {
  const { plane: first, start, place, clock, timers, options } = await world(context);
  await using second = await fakeControlPlane({ now: () => clock.now(), answer: secretStores });
  await using _agent = await start({ endpoints: [first.endpoint, second.endpoint] });
  place(payload([container("main")]));
  await first.until(() => first.calls.some(({ body }) => body.status === "RUNNING"));
  await first[Symbol.asyncDispose]();
  while (!timers.pending().includes(250)) await new Promise(setImmediate);
  timers.advance(250);
  await second.connected();
  const addressed = { clusterArn: "default", containerInstanceArn: instanceArn };
  const sent = { ...withSecrets, arn: `${taskArn}0` };
  second.send("PayloadMessage", { ...addressed, messageId: "payload-2", generatedAt: 1, tasks: [sent] });
  await second.message("AckRequest");
  await second.until(() => second.calls.some(({ body }) => body.task === sent.arn && body.status === "RUNNING"));
  assert.ok(second.calls.some(({ target }) => target === "secretsmanager.GetSecretValue"));
  assert.ok(options.endpoints.length === 1);
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

test("agent offers task roles where the runtime serves them, and else says why it does not", async (context) => {
  const { options, plane, lines, start } = await world(context);
  const name = "com.amazonaws.ecs.capability.task-iam-role";
  const offers = () => {
    const { body } = plane.calls.findLast(({ target }) => target === "ecs.RegisterContainerInstance")!;
    return (body.attributes as { name: string }[]).some((attribute) => attribute.name === name);
  };
  const refusal = new RuntimeError("LinkLocalError", "the Engine does not permit it");
  const broken = { hasPlaces: true, open: () => Promise.reject(refusal) };
  const refused = await start({ runtime: { ...options.runtime, linkLocal: broken } });
  assert.equal(offers(), false);
  assert.ok(lines.some((line) => line.includes("169.254.170.2") && line.includes("does not permit it")));
  await refused[Symbol.asyncDispose]();

  await using _ = await start({ runtime: { ...options.runtime, linkLocal: processLinkLocal() } });
  assert.equal(offers(), true);
});
