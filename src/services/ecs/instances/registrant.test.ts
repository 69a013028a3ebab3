import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal, testAccount } from "../../../../test/support/in-process.ts";
import type { Principal } from "../../../model/call.ts";
import { executionRole, network, openEcs, startFakeAgent } from "../test-support.fixture.ts";

const machine = (session: string): Principal => ({
  kind: "assumed-role",
  arn: `arn:aws:sts::${testAccount}:assumed-role/ecsInstanceRole/${session}`,
  account: testAccount,
  userId: `AROAMACHINES:${session}`,
  accessKeyId: "ASIATEST",
});

const user = (name: string): Principal => ({
  kind: "user",
  arn: `arn:aws:iam::${testAccount}:user/${name}`,
  account: testAccount,
  userId: `AIDA${name.toUpperCase()}`,
  userName: name,
  accessKeyId: "AKIATEST",
});

/** An instance of machine i-1 with a task, and who calls next. */
async function openMachine() {
  let caller = rootPrincipal;
  const own = await openEcs({ principal: () => caller });
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition({
    family: "job",
    networkMode: "awsvpc",
    executionRoleArn: executionRole,
    containerDefinitions: [{ name: "app", image: "busybox", memory: 64 }],
  });
  async function as<T>(principal: Principal, call: () => Promise<T>): Promise<T> {
    caller = principal;
    return call();
  }
  const agent = await as(machine("i-1"), () => startFakeAgent(own));
  const { tasks } = await as(rootPrincipal, () =>
    ecs.runTask({ taskDefinition: "job", networkConfiguration: network }),
  );
  await agent.session().idle();
  const [task] = tasks ?? [];
  const attachmentArn = `arn:aws:ecs:us-east-1:${testAccount}:attachment/${task?.attachments?.[0]?.id}`;
  /** What the agent of a machine calls about an instance and its task. */
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    RegisterContainerInstance: () => ecs.registerContainerInstance({ containerInstanceArn: agent.arn }),
    SubmitTaskStateChange: () => ecs.submitTaskStateChange({ task: task?.taskArn, status: "PENDING" }),
    SubmitContainerStateChange: () =>
      ecs.submitContainerStateChange({ task: task?.taskArn, containerName: "app", status: "PENDING" }),
    SubmitAttachmentStateChanges: () =>
      ecs.submitAttachmentStateChanges({ attachments: [{ attachmentArn, status: "ATTACHED" }] }),
    UpdateContainerInstancesState: () =>
      ecs.updateContainerInstancesState({ containerInstances: [agent.arn], status: "DRAINING" }),
    DeregisterContainerInstance: () => ecs.deregisterContainerInstance({ containerInstance: agent.arn, force: true }),
  };
  return { own, agent, as, calls, [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
}

test("another machine, of the same role or another user, can do nothing in an instance's name", async () => {
  await using opened = await openMachine();
  const { own, agent, as, calls } = opened;
  await as(user("machine-2"), () => own.ecs.registerContainerInstance({}));
  for (const other of [machine("i-2"), user("machine-2")]) {
    for (const [name, call] of Object.entries(calls)) {
      await assert.rejects(
        as(other, call),
        {
          name: "AccessDeniedException",
          message: `User: ${other.arn} is not authorized to perform: ecs:${name} on resource: ${agent.arn} because another principal registered the container instance`,
        },
        name,
      );
    }
  }
  const instance = await own.context.store.instances.find(agent.arn);
  assert.deepEqual([instance?.status, instance?.version], ["ACTIVE", 1]);
});

test("an instance's machine goes on in its name after it assumed its role anew, and so may the root user", async () => {
  for (const same of [{ ...machine("i-1"), accessKeyId: "ASIANEW" }, rootPrincipal]) {
    await using opened = await openMachine();
    for (const call of Object.values(opened.calls)) await opened.as(same, call);
    const instance = await opened.own.context.store.instances.find(opened.agent.arn);
    assert.deepEqual([instance?.status, instance?.registrant], ["INACTIVE", "AROAMACHINES:i-1"]);
  }
});

test("an administrator may drain and deregister instances, but not report on their tasks", async () => {
  await using opened = await openMachine();
  const { as, calls } = opened;
  const refused = /because another principal registered the container instance$/;
  const allowed = ["UpdateContainerInstancesState", "DeregisterContainerInstance"];
  for (const [name, call] of Object.entries(calls)) {
    const answer = as(user("admin"), call);
    if (allowed.includes(name)) await answer;
    else await assert.rejects(answer, { message: refused });
  }
});

test("another principal may register anew the ARN of an instance that was deregistered, and gets an instance of its own", async () => {
  await using opened = await openMachine();
  const { own, agent, as, calls } = opened;
  await as(rootPrincipal, async () => calls.DeregisterContainerInstance?.());
  const { containerInstance } = await as(machine("i-2"), () =>
    own.ecs.registerContainerInstance({ containerInstanceArn: agent.arn }),
  );
  assert.notEqual(containerInstance?.containerInstanceArn, agent.arn);
});
