import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "../../../../test/support/refused.ts";
import { endExecSession, joinExecSession, openExecSession } from "../exec/open.ts";
import { agentPatience, tokenLifetime } from "../exec/session.ts";
import { openPlain, startFakeAgent, type TestEcs, type TestOptions } from "../test-support.fixture.ts";

const notEnabled =
  "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.";

/** A running task of one container, or of two, in which commands can be run. */
async function running(options: TestOptions = {}, names: readonly string[] = ["app"]) {
  const own = await openPlain(options);
  const containerDefinitions = names.map((name) => ({ name, image: "busybox", memory: 64 }));
  await own.ecs.registerTaskDefinition({ family: "exec", containerDefinitions });
  const agent = await startFakeAgent(own);
  const { tasks } = await own.ecs.runTask({ taskDefinition: "exec", enableExecuteCommand: true });
  const task = tasks![0]!.taskArn!;
  await agent.obey();
  await tell(own, task, names, "RUNNING");
  return { ...own, agent, task, [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
}

async function tell({ ecs }: Pick<TestEcs, "ecs">, task: string, names: readonly string[], status: string) {
  await ecs.submitTaskStateChange({
    ...{ cluster: "default", task, status: "RUNNING" },
    managedAgents: names.map((containerName) => ({
      ...{ containerName, managedAgentName: "ExecuteCommandAgent" as const, status },
    })),
  });
}

const command = { command: "/bin/sh", interactive: true };

test("ExecuteCommand gives a session, which its token opens once, and orders the agent to join", async () => {
  await using own = await running();
  const { ecs, context, agent, task } = own;
  const answer = await ecs.executeCommand({ task, ...command });
  const { session, ...rest } = answer;
  const { containers } = (await ecs.describeTasks({ tasks: [task] })).tasks![0]!;
  assert.deepEqual(rest, {
    ...{ clusterArn: "arn:aws:ecs:us-east-1:111122223333:cluster/default", taskArn: task, interactive: true },
    ...{ containerName: "app", containerArn: containers![0]!.containerArn, $metadata: answer.$metadata },
  });
  const { sessionId = "", streamUrl = "", tokenValue = "" } = session ?? {};
  assert.match(sessionId, /^ecs-execute-command-[0-9a-f]{17}$/);
  const { pathname, protocol, searchParams } = new URL(streamUrl);
  assert.deepEqual(
    [protocol, pathname, searchParams.get("role")],
    ["ws:", `/v1/data-channel/${sessionId}`, "publish_subscribe"],
  );
  await agent.session().idle();
  assert.deepEqual(agent.messages("ExecuteCommandMessage"), []);

  assert.equal(await openExecSession(context, sessionId, "another"), undefined);
  const opened = await openExecSession(context, sessionId, tokenValue);
  assert.equal(opened?.session.command, "/bin/sh");
  assert.equal(await openExecSession(context, sessionId, tokenValue), undefined);
  await agent.session().idle();
  const [order, ...others] = agent.messages("ExecuteCommandMessage");
  assert.deepEqual(others, []);
  const { messageId: _, ...ordered } = order!;
  assert.deepEqual(ordered, { sessionId, taskArn: task, containerName: "app", command: "/bin/sh" });

  // Until the agent has joined, it is told again.
  own.timers.fire(5_000);
  await agent.session().idle();
  assert.equal(agent.messages("ExecuteCommandMessage").length, 2);
  assert.equal(await joinExecSession(context, opened), true);
  assert.equal(await joinExecSession(context, opened), false);
  own.timers.fire(5_000);
  await agent.session().idle();
  assert.equal(agent.messages("ExecuteCommandMessage").length, 2);
  await endExecSession(context, opened);
  assert.equal((await context.store.exec.find(sessionId))?.state, "ENDED");
  assert.equal(await joinExecSession(context, opened), false);
});

test("ExecuteCommand's session is over TLS for whoever came over TLS", async () => {
  await using own = await running({ publicUrl: "https://ecs.us-east-1.amazonaws.com" });
  const { session } = await own.ecs.executeCommand({ task: own.task, ...command });
  assert.equal(
    session?.streamUrl,
    `wss://ecs.us-east-1.amazonaws.com/v1/data-channel/${session?.sessionId}?role=publish_subscribe`,
  );
});

test("ExecuteCommand's token and the wait for the agent expire, and so does what is stored of them", async () => {
  await using own = await running();
  const { ecs, context, clock, task } = own;
  const first = (await ecs.executeCommand({ task, ...command })).session!;
  clock.advance(tokenLifetime);
  assert.equal(await openExecSession(context, first.sessionId!, first.tokenValue!), undefined);
  const second = (await ecs.executeCommand({ task, ...command })).session!;
  const opened = await openExecSession(context, second.sessionId!, second.tokenValue!);
  assert.ok(opened);
  clock.advance(agentPatience);
  assert.equal(await joinExecSession(context, opened), false);
  await context.store.exec.deleteExpired(clock.now().getTime());
  assert.equal(await context.store.exec.find(second.sessionId!), undefined);
});

test("ExecuteCommand stores neither the token nor the command in clear", async () => {
  await using own = await running();
  const { ecs, context, task } = own;
  const { session } = await ecs.executeCommand({ task, command: "psql -W canary", interactive: true });
  const { session: stored } = (await context.store.exec.find(session!.sessionId!)) ?? {};
  assert.equal(stored?.command, "psql -W canary");
  assert.equal(JSON.stringify(stored).includes(session!.tokenValue!), false);
});

test("ExecuteCommand asks for the cluster and the task, with the container's name where it is given", async () => {
  const asked: object[] = [];
  await using own = await running({ authorize: async (_call, access) => void asked.push(access) });
  asked.length = 0;
  const cluster = "arn:aws:ecs:us-east-1:111122223333:cluster/default";
  for (const container of ["app", undefined]) {
    await own.ecs.executeCommand({ task: own.task, ...command, container });
    const named = container && { "ecs:container-name": container };
    const conditions = { "ecs:cluster": cluster, ...named, "ecs:task": own.task };
    assert.deepEqual(asked.splice(0), [
      { action: "ecs:ExecuteCommand", resource: own.task, conditions },
      { action: "ecs:ExecuteCommand", resource: cluster, conditions },
    ]);
  }
});

test("ExecuteCommand refuses what AWS refuses", async () => {
  await using own = await running({}, ["app", "sidecar"]);
  const { ecs, task } = own;
  const refused = (input: object, message: string, name = "InvalidParameterException") =>
    assertRefused(ecs.executeCommand({ task, container: "app", ...command, ...input }), name, message);
  await refused({ cluster: "none", task: "none" }, "Cluster not found.", "ClusterNotFoundException");
  await refused({ task: "none" }, "The referenced task was not found.");
  await refused({ interactive: false }, "Interactive is the only mode supported currently.");
  await refused({ command: " " }, "Command cannot be empty.");
  await refused({ container: undefined }, "Container name is required when there are multiple containers in the task.");
  await refused({ container: "other" }, "The container other was not found in the task.");
  assert.equal((await ecs.executeCommand({ task, ...command, container: "sidecar" })).containerName, "sidecar");
});

test("ExecuteCommand refuses a task without it, and one whose container does not run any more", async () => {
  await using own = await running();
  const { ecs, agent } = own;
  const { tasks } = await ecs.runTask({ taskDefinition: "exec" });
  await agent.obey();
  const refused = (task: string, message: string) =>
    assertRefused(ecs.executeCommand({ task, ...command }), "InvalidParameterException", message);
  await refused(tasks![0]!.taskArn!, notEnabled);
  await tell(own, own.task, ["app"], "STOPPED");
  await refused(own.task, notEnabled);
  await ecs.stopTask({ task: own.task });
  await agent.obey();
  await refused(own.task, "The specified task is not running.");
});

test("ExecuteCommand says where the agent is not connected, or opens no sessions", async () => {
  await using own = await running();
  const { ecs, agent, task } = own;
  const message = "The execute command failed due to an internal error. Try again later.";
  await agent.disconnect();
  await assertRefused(ecs.executeCommand({ task, ...command }), "TargetNotConnectedException", message);

  const attributes = [{ name: "ecs.capability.execute-command" }];
  const other = await startFakeAgent(own, { attributes });
  const { tasks } = await ecs.startTask({
    ...{ taskDefinition: "exec", containerInstances: [other.arn], enableExecuteCommand: true },
  });
  const onOther = tasks![0]!.taskArn!;
  await other.obey();
  await tell(own, onOther, ["app"], "RUNNING");
  await assertRefused(ecs.executeCommand({ task: onOther, ...command }), "TargetNotConnectedException", message);
});

test("ExecuteCommand tells the agent what the cluster wants of its sessions, and refuses by name what is not there", async () => {
  await using own = await running();
  const { ecs, context, agent, task } = own;
  const withConfiguration = async (executeCommandConfiguration: object) => {
    await ecs.updateCluster({ cluster: "default", configuration: { executeCommandConfiguration } });
    return ecs.executeCommand({ task, ...command });
  };
  const logConfiguration = { cloudWatchLogGroupName: "exec", cloudWatchEncryptionEnabled: true };
  await assertRefused(
    withConfiguration({ logging: "OVERRIDE", logConfiguration: { ...logConfiguration, s3BucketName: "bucket" } }),
    "InvalidParameterException",
    "The cluster's executeCommandConfiguration has s3BucketName, which is not supported.",
  );
  for (const logging of ["NONE", "DEFAULT"]) assert.ok((await withConfiguration({ logging })).session);
  const { session } = await withConfiguration({ kmsKeyId: "alias/exec", logging: "OVERRIDE", logConfiguration });
  await openExecSession(context, session!.sessionId!, session!.tokenValue!);
  await agent.session().idle();
  const { kmsKeyId, record } = agent.messages("ExecuteCommandMessage").at(-1)!;
  assert.deepEqual([kmsKeyId, record], ["alias/exec", { logGroupName: "exec", mustBeEncrypted: true }]);
});

test("RunTask with enableExecuteCommand needs a machine that can do it, and DescribeTasks shows its agent", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await startFakeAgent(own, { attributes: [] });
  const { failures } = await ecs.runTask({ taskDefinition: "plain", enableExecuteCommand: true });
  assert.deepEqual(
    failures!.map(({ reason, detail }) => [reason, detail]),
    [["ATTRIBUTE", "The container instance lacks the attribute ecs.capability.execute-command"]],
  );
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "plain", enableExecuteCommand: true });
  const { taskArn, containers } = tasks![0]!;
  assert.deepEqual(containers![0]!.managedAgents, [{ name: "ExecuteCommandAgent", lastStatus: "PENDING" }]);
  const payload = await agent.payload(taskArn!);
  assert.deepEqual(payload.containers[0]!.managedAgents, [{ name: "ExecuteCommandAgent" }]);
  const shown = async () => (await ecs.describeTasks({ tasks: [taskArn!] })).tasks![0]!.containers![0]!.managedAgents;
  const lastStartedAt = own.clock.now();
  await agent.obey();
  await tell(own, taskArn!, ["app"], "RUNNING");
  assert.deepEqual(await shown(), [{ name: "ExecuteCommandAgent", lastStatus: "RUNNING", lastStartedAt }]);
  await ecs.stopTask({ task: taskArn! });
  await agent.obey();
  assert.deepEqual(await shown(), [{ name: "ExecuteCommandAgent", lastStatus: "STOPPED", lastStartedAt }]);
});
