import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("DescribeContainerInstances shows what an instance's tasks leave of it, and names what is missing", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "plain" });
  await agent.tell(tasks![0]!.taskArn!, "RUNNING");
  const { containerInstances, failures } = await ecs.describeContainerInstances({
    containerInstances: [agent.arn, agent.arn.split("/").at(-1)!, "none"],
  });
  assert.equal(containerInstances!.length, 1);
  const [instance] = containerInstances!;
  assert.deepEqual([instance!.runningTasksCount, instance!.pendingTasksCount, instance!.agentConnected], [1, 0, true]);
  const memory = (
    resources: typeof instance extends undefined ? never : NonNullable<typeof instance>["remainingResources"],
  ) => resources!.find(({ name }) => name === "MEMORY")!.integerValue;
  assert.deepEqual([memory(instance!.registeredResources), memory(instance!.remainingResources)], [4096, 4096 - 128]);
  assert.equal(failures![0]!.reason, "MISSING");
});

test("DescribeContainerInstances refuses an empty list", async () => {
  await using own = await openPlain();
  await assert.rejects(own.ecs.describeContainerInstances({ containerInstances: [] }), {
    name: "InvalidParameterException",
    message: "Container instance cannot be empty.",
  });
});
