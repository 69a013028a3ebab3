import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openEcs } from "../test-support.fixture.ts";

test("TagResource adds tags and replaces values", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const { cluster } = await ecs.createCluster({ tags: [{ key: "a", value: "1" }] });
  const resourceArn = cluster!.clusterArn!;
  const tags = [
    { key: "a", value: "2" },
    { key: "b", value: "3" },
  ];
  await ecs.tagResource({ resourceArn, tags });
  assert.deepEqual((await ecs.listTagsForResource({ resourceArn })).tags, tags);
});

test("TagResource refuses AWS's own keys, more than 50 tags, and a resource that went away", async () => {
  const race = meanwhile();
  await using own = await openEcs(race);
  const { ecs } = own;
  const { cluster } = await ecs.createCluster({});
  const resourceArn = cluster!.clusterArn!;
  await assert.rejects(ecs.tagResource({ resourceArn, tags: [{ key: "AWS:x", value: "" }] }), {
    name: "InvalidParameterException",
    message: "Tag keys that start with 'aws:' are reserved.",
  });
  const many = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: "" }));
  await ecs.tagResource({ resourceArn, tags: many });
  await assert.rejects(ecs.tagResource({ resourceArn, tags: [{ key: "one more", value: "" }] }), {
    message: "Tags can have a maximum of 50 items.",
  });
  race.during("ecs:TagResource", () => ecs.deleteCluster({ cluster: resourceArn }));
  await assert.rejects(ecs.tagResource({ resourceArn, tags: many }), { name: "ClusterNotFoundException" });
});
