import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("ListTagsForResource gives the tags of a resource", async () => {
  await using own = await openEcs();
  const tags = [{ key: "k", value: "v" }];
  const { cluster } = await own.ecs.createCluster({ tags });
  assert.deepEqual((await own.ecs.listTagsForResource({ resourceArn: cluster!.clusterArn! })).tags, tags);
});

test("ListTagsForResource refuses what is not there, and what is of another account", async () => {
  await using own = await openEcs();
  const cases = [
    ["arn:aws:ecs:us-east-1:111122223333:cluster/none", "ClusterNotFoundException"],
    ["arn:aws:ecs:us-east-1:111122223333:service/default/none", "ServiceNotFoundException"],
    ["arn:aws:ecs:us-east-1:111122223333:task/default/none", "ResourceNotFoundException"],
    ["arn:aws:ecs:us-east-1:111122223333:container-instance/default/none", "ResourceNotFoundException"],
    ["arn:aws:ecs:us-east-1:999999999999:task-definition/web:1", "ResourceNotFoundException"],
    ["arn:aws:ecs:us-east-1:111122223333:constructor/x", "InvalidParameterException"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/x", "InvalidParameterException"],
    ["x", "InvalidParameterException"],
  ] as const;
  for (const [resourceArn, name] of cases) await assert.rejects(own.ecs.listTagsForResource({ resourceArn }), { name });
});
