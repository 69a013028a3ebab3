import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("DescribeClusters shows each cluster once, with the parts that are asked for, and names what is missing", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({ clusterName: "blue", tags: [{ key: "k", value: "v" }] });
  const blue = "arn:aws:ecs:us-east-1:111122223333:cluster/blue";
  const { clusters, failures } = await ecs.describeClusters({
    clusters: ["blue", blue, "none"],
    include: ["TAGS", "STATISTICS"],
  });
  assert.equal(clusters!.length, 1);
  const [cluster] = clusters!;
  assert.deepEqual([cluster!.status, cluster!.statistics!.length, cluster!.settings], ["ACTIVE", 8, []]);
  assert.deepEqual(cluster!.tags, [{ key: "k", value: "v" }]);
  assert.deepEqual(failures, [{ arn: "arn:aws:ecs:us-east-1:111122223333:cluster/none", reason: "MISSING" }]);
});

test("DescribeClusters without names means the default cluster, and finds none of another account", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  assert.equal((await ecs.describeClusters({})).clusters![0]!.clusterName, "default");
  const foreign = "arn:aws:ecs:us-east-1:999999999999:cluster/default";
  assert.deepEqual((await ecs.describeClusters({ clusters: [foreign] })).failures, [
    { arn: foreign, reason: "MISSING" },
  ]);
});
