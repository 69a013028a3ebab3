import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { deleteUnusedDefinitions } from "../definitions/delete-unused.ts";
import { meanwhile, openEcs, startFakeAgent } from "../test-support.fixture.ts";

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

for (const { name, open } of databases()) {
  test(`DeleteTaskDefinitions waits for the tasks and services of a revision (${name})`, async () => {
    await using own = await openEcs({ database: await open() });
    const { ecs, context } = own;
    await ecs.createCluster({});
    const agent = await startFakeAgent(own);
    for (const family of ["job", "web"]) await ecs.registerTaskDefinition({ family, containerDefinitions: [app] });
    const { tasks } = await ecs.runTask({ taskDefinition: "job" });
    await ecs.createService({ serviceName: "web", taskDefinition: "web", desiredCount: 0 });
    for (const taskDefinition of ["job:1", "web:1"]) await ecs.deregisterTaskDefinition({ taskDefinition });
    const first = await ecs.deleteTaskDefinitions({ taskDefinitions: ["job:1", "web:1"] });
    const requested = first.taskDefinitions!.map(({ deleteRequestedAt }) => deleteRequestedAt);
    assert(requested.every((time) => time instanceof Date));

    const described = await ecs.describeTaskDefinition({ taskDefinition: "job:1" });
    assert.equal(described.taskDefinition!.status, "DELETE_IN_PROGRESS");
    assert.deepEqual(described.taskDefinition!.deleteRequestedAt, requested[0]);
    const list = async (status: "INACTIVE" | "DELETE_IN_PROGRESS") =>
      (await ecs.listTaskDefinitions({ status })).taskDefinitionArns!.map((arn) => arn.split("/")[1]);
    assert.deepEqual([await list("INACTIVE"), await list("DELETE_IN_PROGRESS")], [[], ["job:1", "web:1"]]);
    assert.deepEqual((await ecs.listTaskDefinitionFamilies({ status: "INACTIVE" })).families, ["job", "web"]);
    await assert.rejects(ecs.runTask({ taskDefinition: "job:1" }), { message: "TaskDefinition is inactive" });
    const again = await ecs.deleteTaskDefinitions({ taskDefinitions: ["job:1"] });
    assert.deepEqual(again.taskDefinitions![0]!.deleteRequestedAt, requested[0]);

    await deleteUnusedDefinitions(context);
    assert.deepEqual(await list("DELETE_IN_PROGRESS"), ["job:1", "web:1"]);
    await agent.tell(tasks![0]!.taskArn!, "STOPPED");
    await ecs.deleteService({ service: "web" });
    await context.store.services.put({
      ...(await context.store.services.find("arn:aws:ecs:us-east-1:111122223333:service/default/web"))!,
      status: "INACTIVE",
    });
    await deleteUnusedDefinitions(context);
    assert.deepEqual(await list("DELETE_IN_PROGRESS"), []);
    assert.deepEqual((await ecs.listTaskDefinitionFamilies({})).families, []);
    await assert.rejects(ecs.describeTaskDefinition({ taskDefinition: "job:1" }), { name: "ClientException" });
    // The stopped task is still shown.
    assert.equal((await ecs.describeTasks({ tasks: [tasks![0]!.taskArn!] })).tasks![0]!.lastStatus, "STOPPED");
  });
}
