import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("DeregisterContainerInstance with tasks needs force, which stops them", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "plain" });
  await assert.rejects(ecs.deregisterContainerInstance({ containerInstance: agent.arn }), {
    name: "InvalidParameterException",
    message: "Found running tasks on the instance.",
  });
  const { containerInstance } = await ecs.deregisterContainerInstance({ containerInstance: agent.arn, force: true });
  assert.deepEqual([containerInstance!.status, containerInstance!.pendingTasksCount], ["INACTIVE", 0]);
  assert.deepEqual(containerInstance!.remainingResources, containerInstance!.registeredResources);
  const [task] = (await ecs.describeTasks({ tasks: [tasks![0]!.taskArn!] })).tasks!;
  assert.equal(task!.lastStatus, "STOPPED");
  assert.match(task!.stoppedReason!, /^Host EC2 \(instance .+\) terminated\.$/);
});

test("DeregisterContainerInstance refuses an instance that is not there, or was deregistered meanwhile", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  const missing = { message: "The referenced container instance was not found." };
  await assert.rejects(ecs.deregisterContainerInstance({ containerInstance: "none" }), missing);
  const { arn } = await startFakeAgent(own);
  const deregister = () => ecs.deregisterContainerInstance({ containerInstance: arn });
  race.during("ecs:DeregisterContainerInstance", deregister);
  await assert.rejects(deregister, missing);
});
