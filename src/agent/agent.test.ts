import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadTask } from "../acs/protocol.ts";
import { processLinkLocal } from "../runtime/process/link-local.ts";
import { RuntimeError } from "../runtime/runtime-error.ts";
import {
  denied,
  refreshed,
  runningIds,
  secretStores,
  secretValue,
  taskRole,
  withSecrets,
  world,
} from "./agent.fixture.ts";
import { container, credentials, payload, secret, taskArn } from "./engine/task.fixture.ts";
import { fakeControlPlane, instanceArn, instanceCredentials } from "./link/control-plane.fixture.ts";

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
