import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openEcs } from "../test-support.fixture.ts";

test("UpdateCluster replaces what it is given and leaves the rest", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const serviceConnectDefaults = { namespace: "arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-1" };
  await ecs.updateCluster({ cluster: "default", serviceConnectDefaults });
  const settings = [{ name: "containerInsights" as const, value: "enabled" }];
  const { cluster } = await ecs.updateCluster({ cluster: "default", settings });
  assert.deepEqual([cluster!.settings, cluster!.serviceConnectDefaults], [settings, serviceConnectDefaults]);
});

test("UpdateCluster refuses a cluster that is not there, or was deleted while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openEcs(race);
  const { ecs } = own;
  await assert.rejects(ecs.updateCluster({ cluster: "none" }), { name: "ClusterNotFoundException" });
  await ecs.createCluster({});
  race.during("ecs:UpdateCluster", () => ecs.deleteCluster({ cluster: "default" }));
  await assert.rejects(ecs.updateCluster({ cluster: "default" }), { message: "The referenced cluster was inactive." });
});
