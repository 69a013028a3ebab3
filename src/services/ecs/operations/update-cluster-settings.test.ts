import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("UpdateClusterSettings replaces the settings", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const settings = [{ name: "containerInsights" as const, value: "enabled" }];
  const { cluster } = await ecs.updateClusterSettings({ cluster: "default", settings });
  assert.deepEqual(cluster!.settings, settings);
  assert.deepEqual((await ecs.describeClusters({ include: ["SETTINGS"] })).clusters![0]!.settings, settings);
});

test("UpdateClusterSettings refuses a cluster that is not there", async () => {
  await using own = await openEcs();
  await assert.rejects(own.ecs.updateClusterSettings({ cluster: "none", settings: [] }), {
    name: "ClusterNotFoundException",
    message: "Cluster not found.",
  });
});
