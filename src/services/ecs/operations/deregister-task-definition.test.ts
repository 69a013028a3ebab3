import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openPlain } from "../test-support.fixture.ts";

test("DeregisterTaskDefinition makes a revision INACTIVE, which can still be described", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const { taskDefinition } = await ecs.deregisterTaskDefinition({ taskDefinition: "plain:1" });
  assert.equal(taskDefinition!.status, "INACTIVE");
  assert(taskDefinition!.deregisteredAt instanceof Date);
  assert.equal((await ecs.describeTaskDefinition({ taskDefinition: "plain:1" })).taskDefinition!.status, "INACTIVE");
  await assert.rejects(ecs.runTask({ taskDefinition: "plain" }), { message: "TaskDefinition not found." });
});

test("DeregisterTaskDefinition refuses a family, what is not there and what is INACTIVE already", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  const deregister = (taskDefinition: string) => ecs.deregisterTaskDefinition({ taskDefinition });
  await assert.rejects(deregister("plain"), { name: "ClientException", message: "Revision is missing." });
  await assert.rejects(deregister("plain:9"), { message: "Unable to describe task definition." });
  const inactive = {
    message: "The specified task definition is inactive. You can only deregister active task definitions.",
  };
  race.during("ecs:DeregisterTaskDefinition", () => deregister("plain:1"));
  await assert.rejects(deregister("plain:1"), inactive);
  await assert.rejects(deregister("plain:1"), inactive);
});
