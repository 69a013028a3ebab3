import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("DeleteCluster deletes an empty cluster, which is remembered as INACTIVE and can be made again", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const agent = await startFakeAgent(own);
  await assert.rejects(ecs.deleteCluster({ cluster: "default" }), {
    name: "ClusterContainsContainerInstancesException",
    message: "The Cluster cannot be deleted while Container Instances are active or draining.",
  });
  await ecs.deregisterContainerInstance({ containerInstance: agent.arn });
  assert.equal((await ecs.deleteCluster({ cluster: "default" })).cluster!.status, "INACTIVE");
  assert.equal((await ecs.describeClusters({})).clusters![0]!.status, "INACTIVE");
  await assert.rejects(ecs.listTasks({}), { name: "ClusterNotFoundException" });
  assert.equal((await ecs.createCluster({})).cluster!.status, "ACTIVE");
});

test("DeleteCluster refuses a cluster with an active service", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await ecs.createService({ serviceName: "web", taskDefinition: "plain", desiredCount: 0 });
  await assert.rejects(ecs.deleteCluster({ cluster: "default" }), {
    name: "ClusterContainsServicesException",
    message: "The Cluster cannot be deleted while Services are active.",
  });
  await assert.rejects(ecs.deleteCluster({ cluster: "none" }), { message: "Cluster not found." });
});

test("DeleteCluster refuses a cluster that was deleted while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  race.during("ecs:DeleteCluster", () => ecs.deleteCluster({ cluster: "default" }));
  await assert.rejects(ecs.deleteCluster({ cluster: "default" }), { message: "The referenced cluster was inactive." });
});
