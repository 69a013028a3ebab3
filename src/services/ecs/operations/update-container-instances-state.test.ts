import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("UpdateContainerInstancesState drains an instance, which then takes no tasks, and makes it active again", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const { arn } = await startFakeAgent(own);
  const update = (status: "ACTIVE" | "DRAINING") =>
    ecs.updateContainerInstancesState({ containerInstances: [arn, "none"], status });
  const { containerInstances, failures } = await update("DRAINING");
  assert.deepEqual([containerInstances![0]!.status, failures![0]!.reason], ["DRAINING", "MISSING"]);
  await assert.rejects(ecs.runTask({ taskDefinition: "plain" }), {
    message: "No Container Instances were found in your cluster.",
  });
  await update("ACTIVE");
  assert.equal((await ecs.runTask({ taskDefinition: "plain" })).tasks!.length, 1);
});

test("UpdateContainerInstancesState refuses other states, and says MISSING of what was deregistered meanwhile", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  const { arn } = await startFakeAgent(own);
  await assert.rejects(ecs.updateContainerInstancesState({ containerInstances: [arn], status: "DEREGISTERING" }), {
    name: "InvalidParameterException",
    message: "Container instance status should be one of [ACTIVE, DRAINING].",
  });
  race.during("ecs:UpdateContainerInstancesState", () => ecs.deregisterContainerInstance({ containerInstance: arn }));
  const { failures } = await ecs.updateContainerInstancesState({ containerInstances: [arn], status: "DRAINING" });
  assert.deepEqual(failures, [{ arn, reason: "MISSING" }]);
});
