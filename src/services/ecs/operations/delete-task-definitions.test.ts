import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openEcs } from "../test-support.fixture.ts";

const app = { name: "app", image: "nginx", memory: 64 };

test("DeleteTaskDefinitions deletes what is inactive, and its revision is never given again", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  for (let revision = 1; revision <= 2; revision++) {
    await ecs.registerTaskDefinition({ family: "web", containerDefinitions: [app] });
  }
  const active = await ecs.deleteTaskDefinitions({ taskDefinitions: ["web:2", "web:9", "web"] });
  assert.equal(active.taskDefinitions!.length, 0);
  assert.deepEqual(
    active.failures!.map(({ reason }) => reason!.split(".")[0]),
    [
      "The specified task definition is still in ACTIVE status",
      "The specified task definition does not exist",
      "The specified task definition identifier is invalid",
    ],
  );
  await ecs.deregisterTaskDefinition({ taskDefinition: "web:2" });
  const { taskDefinitions } = await ecs.deleteTaskDefinitions({ taskDefinitions: ["web:2"] });
  assert.equal(taskDefinitions![0]!.status, "DELETE_IN_PROGRESS");
  await assert.rejects(ecs.describeTaskDefinition({ taskDefinition: "web:2" }), { name: "ClientException" });
  assert.deepEqual((await ecs.listTaskDefinitions({ status: "INACTIVE" })).taskDefinitionArns, []);
  const { taskDefinition } = await ecs.registerTaskDefinition({ family: "web", containerDefinitions: [app] });
  assert.equal(taskDefinition!.revision, 3);
});

test("DeleteTaskDefinitions says that a revision is not there which was deleted while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openEcs(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition({ family: "web", containerDefinitions: [app] });
  await ecs.deregisterTaskDefinition({ taskDefinition: "web:1" });
  const remove = () => ecs.deleteTaskDefinitions({ taskDefinitions: ["web:1"] });
  race.during("ecs:DeleteTaskDefinitions", remove);
  const { taskDefinitions, failures } = await remove();
  assert.deepEqual(taskDefinitions, []);
  assert.match(failures![0]!.reason!, /^The specified task definition does not exist\./);
});
