import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("UntagResource removes tags by their keys", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const tags = [
    { key: "a", value: "1" },
    { key: "b", value: "2" },
  ];
  const { cluster } = await ecs.createCluster({ tags });
  const resourceArn = cluster!.clusterArn!;
  await ecs.untagResource({ resourceArn, tagKeys: ["a", "none"] });
  assert.deepEqual((await ecs.listTagsForResource({ resourceArn })).tags, [{ key: "b", value: "2" }]);
});

test("UntagResource refuses a resource that is not there", async () => {
  await using own = await openEcs();
  const resourceArn = "arn:aws:ecs:us-east-1:111122223333:service/default/none";
  await assert.rejects(own.ecs.untagResource({ resourceArn, tagKeys: ["a"] }), { name: "ServiceNotFoundException" });
});
