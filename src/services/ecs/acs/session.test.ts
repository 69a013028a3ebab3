import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogConfiguration } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { acsSession } from "../index.ts";
import { executionRole, network, openEcs, startFakeAgent, webDefinition } from "../test-support.fixture.ts";
import { deliveryInterval, heartbeatInterval } from "./session.ts";

async function openWithTask({
  logConfiguration,
  ...options
}: {
  readonly acknowledge?: boolean;
  readonly logConfiguration?: LogConfiguration;
} = {}) {
  const own = await openEcs();
  await own.ecs.createCluster({});
  await own.ecs.registerTaskDefinition({
    family: "job",
    networkMode: "awsvpc",
    executionRoleArn: executionRole,
    containerDefinitions: [{ name: "app", image: "busybox", memory: 64, ...defined({ logConfiguration }) }],
  });
  const agent = await startFakeAgent(own, options);
  const { tasks } = await own.ecs.runTask({ taskDefinition: "job", networkConfiguration: network });
  await agent.session().idle();
  return { own, agent, arn: tasks![0]!.taskArn! };
}

test("a session sends a payload until it is acknowledged", async () => {
  const { own, agent } = await openWithTask({ acknowledge: false });
  await using _ = own;
  assert.equal(agent.messages("PayloadMessage").length, 1);
  own.timers.fire(deliveryInterval);
  await agent.session().idle();
  assert.equal(agent.messages("PayloadMessage").length, 1, "not before its time");
  own.clock.advance(5_000);
  own.timers.fire(deliveryInterval);
  await agent.session().idle();
  const [, second] = agent.messages("PayloadMessage");
  agent.session().receive({
    type: "AckRequest",
    message: { cluster: "default", containerInstance: agent.arn, messageId: second!.messageId },
  });
  own.clock.advance(5_000);
  own.timers.fire(deliveryInterval);
  await agent.session().idle();
  assert.equal(agent.messages("PayloadMessage").length, 2);
});

test("an acknowledged awsvpc task is PENDING", async () => {
  const { own, agent, arn } = await openWithTask();
  await using _ = own;
  await agent.session().idle();
  assert.equal((await own.context.store.tasks.find(arn))!.lastStatus, "PENDING");
});

test("a new session begins with a manifest of all tasks and sends every payload again", async () => {
  const { own, agent, arn } = await openWithTask();
  await using _ = own;
  await agent.disconnect();
  const { containerInstances } = await own.ecs.describeContainerInstances({ containerInstances: [agent.arn] });
  assert.equal(containerInstances![0]!.agentConnected, false);
  await own.ecs.stopTask({ task: arn });
  agent.received.length = 0;
  await agent.connect();
  assert.deepEqual(
    agent.received.map(({ type }) => type),
    ["TaskManifestMessage", "PayloadMessage"],
  );
  // Under the names of AWS's model (ecsacs.TaskIdentifier): AWS's agent crashes on a task without them.
  const taskClusterArn = "arn:aws:ecs:us-east-1:111122223333:cluster/default";
  assert.deepEqual(agent.messages("TaskManifestMessage")[0]!.tasks, [
    { taskArn: arn, taskClusterArn, desiredStatus: "STOPPED" },
  ]);
  const [payload] = agent.messages("PayloadMessage")[0]!.tasks;
  assert.equal(payload!.desiredStatus, "STOPPED");
  assert.equal(payload!.executionRoleCredentials, undefined, "a task that is to stop needs no credentials");
});

test("an agent that comes back gets the execution role's session of a task that is to stop and may have output left", async () => {
  const options = { "awslogs-group": "/job", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "job" };
  const { own, agent, arn } = await openWithTask({ logConfiguration: { logDriver: "awslogs", options } });
  await using _ = own;
  await agent.tell(arn, "RUNNING");
  await own.ecs.stopTask({ task: arn });
  await agent.session().idle();
  const last = () => agent.messages("PayloadMessage").at(-1)!.tasks[0]!;
  assert.deepEqual(
    [last().desiredStatus, last().executionRoleCredentials],
    ["STOPPED", undefined],
    "it has the session",
  );
  await agent.disconnect();
  await agent.connect();
  assert.equal(last().executionRoleCredentials?.roleArn, executionRole);
  assert.equal(last().roleCredentials, undefined);
});

test("a session confirms only stops of tasks that are not wanted", async () => {
  const { own, agent, arn } = await openWithTask();
  await using _ = own;
  const unknown = `${arn.slice(0, -4)}0000`;
  agent.session().receive({
    type: "TaskStopVerificationMessage",
    message: { messageId: "m", stopCandidates: [{ taskArn: arn }, { taskArn: unknown }] },
  });
  await agent.session().idle();
  const [answer] = agent.messages("TaskStopVerificationAck");
  assert.deepEqual(answer!.stopTasks, [{ taskArn: unknown }]);
  assert.equal(answer!.messageId, agent.messages("TaskManifestMessage")[0]!.messageId);
});

test("a session sends heartbeats, and new credentials before the old ones expire", async () => {
  const { own, agent, arn } = await openWithTask();
  await using _ = own;
  own.timers.fire(heartbeatInterval);
  assert.equal(agent.messages("HeartbeatMessage").length, 1);
  const [payload] = agent.messages("PayloadMessage")[0]!.tasks;
  const before = payload!.executionRoleCredentials!;
  own.clock.advance(6 * 3_600_000 - 15 * 60_000);
  own.timers.fire(deliveryInterval);
  await agent.session().idle();
  const [message] = agent.messages("IAMRoleCredentialsMessage");
  assert.equal(message!.taskArn, arn);
  assert.equal(message!.roleType, "TaskExecution");
  assert.equal(message!.roleCredentials.credentialsId, before.credentialsId);
  assert(message!.roleCredentials.expiration > before.expiration);
  own.timers.fire(deliveryInterval);
  await agent.session().idle();
  assert.equal(agent.messages("IAMRoleCredentialsMessage").length, 1);
});

test("an older session's end leaves a newer one connected", async () => {
  const { own, agent } = await openWithTask();
  await using _ = own;
  const old = agent.session();
  await agent.connect();
  await old.closed();
  assert.notEqual((await own.context.store.instances.find(agent.arn))!.sessionId, undefined);
});

test("an instance that is not registered gets no session", async () => {
  await using own = await openEcs();
  const connection = { send: () => assert.fail("nothing to send"), close() {} };
  assert.equal(
    await acsSession(own.context, "arn:aws:ecs:us-east-1:111122223333:container-instance/default/x", connection),
    undefined,
  );
});

test("a running task keeps going when its role may no longer be assumed, one that has not started stops", async () => {
  let denied = false;
  await using own = await openEcs({
    assumeRole: async () =>
      denied
        ? { denied: "no" }
        : {
            credentials: {
              accessKeyId: "A",
              secretAccessKey: "B",
              sessionToken: "C",
              expiration: new Date(own.clock.now().getTime() + 3_600_000),
            },
          },
  });
  await own.ecs.createCluster({});
  await own.ecs.registerTaskDefinition({
    family: "job",
    executionRoleArn: executionRole,
    containerDefinitions: [{ name: "app", image: "busybox", memory: 64 }],
  });
  const agent = await startFakeAgent(own);
  const { tasks } = await own.ecs.runTask({ taskDefinition: "job", count: 2 });
  const [first, second] = tasks!.map(({ taskArn }) => taskArn!) as [string, string];
  await agent.session().idle();
  await agent.tell(first, "RUNNING");
  await agent.disconnect();
  denied = true;
  agent.received.length = 0;
  await agent.connect();
  const sent = new Map(agent.messages("PayloadMessage").map(({ tasks: [task] }) => [task!.arn, task!.desiredStatus]));
  assert.deepEqual(
    sent,
    new Map([
      [first, "RUNNING"],
      [second, "STOPPED"],
    ] as const),
  );
  assert.equal((await agent.payload(first)).executionRoleCredentials, undefined);
  const [stopping] = (await own.ecs.describeTasks({ tasks: [second] })).tasks!;
  assert.match(stopping!.stoppedReason!, /^ECS was unable to assume the role/);
});

test("a session whose instance is deregistered is closed", async () => {
  const { own, agent } = await openWithTask();
  await using _ = own;
  const reasons: string[] = [];
  const session = await acsSession(own.context, agent.arn, { send() {}, close: (reason) => reasons.push(reason) });
  await own.ecs.deregisterContainerInstance({ containerInstance: agent.arn, force: true });
  await session!.idle();
  assert.deepEqual(reasons, ["The container instance is not registered any more"]);
});

test("a session that was taken for dead takes its instance back, unless the instance has another one", async () => {
  const { own, agent } = await openWithTask();
  await using _ = own;
  const { sessions } = own.context.store;
  const before = await sessions.find(agent.arn);
  assert.deepEqual(await sessions.closeAll("replica"), [agent.arn]);
  assert.equal((await sessions.find(agent.arn))?.sessionId, undefined);
  own.timers.fire(deliveryInterval);
  await agent.session().idle();
  assert.deepEqual(await sessions.find(agent.arn), before);
  await sessions.open(agent.arn, "elsewhere", "other replica");
  own.timers.fire(deliveryInterval);
  await agent.session().idle();
  assert.equal((await sessions.find(agent.arn))?.sessionId, "elsewhere");
  assert.deepEqual(await sessions.replicas(), ["other replica"]);
});

test("a session that another one displaced sends nothing more", async () => {
  const { own, agent } = await openWithTask();
  await using _ = own;
  await own.context.store.sessions.open(agent.arn, "elsewhere", "other replica");
  agent.received.length = 0;
  await own.ecs.runTask({ taskDefinition: "job", networkConfiguration: network });
  await agent.session().idle();
  own.timers.fire(heartbeatInterval);
  assert.deepEqual(agent.received, []);
  assert.deepEqual(
    own.auditEvents.map(({ name, serviceEventDetails }) => [name, serviceEventDetails?.displacedBy]),
    [["AgentSessionDisplaced", "elsewhere"]],
  );
});

test("a task whose role may not be assumed stops with AWS's reason and is never sent", async () => {
  await using own = await openEcs({ assumeRole: async () => ({ denied: "no trust" }) });
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition(webDefinition());
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "web", networkConfiguration: network });
  await agent.session().idle();
  const [task] = (await ecs.describeTasks({ tasks: [tasks![0]!.taskArn!] })).tasks!;
  assert.equal(task!.lastStatus, "STOPPED");
  assert.equal(task!.stopCode, "TaskFailedToStart");
  assert.match(
    task!.stoppedReason!,
    /^ECS was unable to assume the role 'arn:aws:iam::111122223333:role\/execution' that was provided for this task\./,
  );
  assert.deepEqual(agent.messages("PayloadMessage"), []);
});

test("an agent gets no further payloads while it has 200 to acknowledge", async () => {
  await using own = await openEcs();
  const { ecs, clock, timers } = own;
  await ecs.createCluster({});
  const containerDefinitions = [{ name: "app", image: "busybox", memory: 8 }];
  await ecs.registerTaskDefinition({ family: "job", containerDefinitions });
  const agent = await startFakeAgent(own, { memory: 8 * 1000, acknowledge: false });
  for (let call = 0; call < 25; call++) await ecs.runTask({ taskDefinition: "job", count: 10 });
  await agent.session().idle();
  const sent = () => agent.messages("PayloadMessage");
  assert.equal(sent().length, 200);
  clock.advance(5_000);
  timers.fire(deliveryInterval);
  await agent.session().idle();
  assert.equal(sent().length, 400, "the same ones again");
  for (const { messageId } of sent().slice(200)) {
    const message = { cluster: "default", containerInstance: agent.arn, messageId };
    agent.session().receive({ type: "AckRequest", message });
  }
  await agent.session().idle();
  const arns = sent().flatMap(({ tasks }) => tasks.map(({ arn }) => arn));
  assert.deepEqual([arns.length, new Set(arns).size], [450, 250]);
});
