import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("CreateCluster makes a cluster once, and answers with it unchanged after that", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const tags = [{ key: "k", value: "v" }];
  const { cluster } = await ecs.createCluster({ clusterName: "blue", tags });
  assert.equal(cluster!.clusterArn, "arn:aws:ecs:us-east-1:111122223333:cluster/blue");
  const again = await ecs.createCluster({ clusterName: "blue", settings: [] });
  assert.deepEqual(again.cluster!.tags, tags);
  assert.deepEqual(again.cluster!.settings, [{ name: "containerInsights", value: "disabled" }]);
});

test("CreateCluster without a name makes the default cluster", async () => {
  await using own = await openEcs();
  assert.equal((await own.ecs.createCluster({})).cluster!.clusterName, "default");
});

test("CreateCluster refuses a malformed name", async () => {
  await using own = await openEcs();
  for (const clusterName of ["a b", "a".repeat(256)]) {
    await assert.rejects(own.ecs.createCluster({ clusterName }), {
      name: "InvalidParameterException",
      message: "Identifier contains invalid characters.",
    });
  }
});
