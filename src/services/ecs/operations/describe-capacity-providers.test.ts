import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("DescribeCapacityProviders shows AWS's own and the account's, by page, and those of a cluster", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const tags = [{ key: "k", value: "v" }];
  for (const name of ["a", "b"]) {
    await ecs.createCapacityProvider({ name, autoScalingGroupProvider: { autoScalingGroupArn: name }, tags });
  }
  await ecs.createCluster({ capacityProviders: ["FARGATE", "b"] });
  const all = await ecs.describeCapacityProviders({});
  assert.deepEqual(
    all.capacityProviders!.map(({ name, type, status }) => [name, type, status]),
    [
      ["FARGATE", "FARGATE", "ACTIVE"],
      ["FARGATE_SPOT", "FARGATE_SPOT", "ACTIVE"],
      ["a", "EC2_AUTOSCALING", "ACTIVE"],
      ["b", "EC2_AUTOSCALING", "ACTIVE"],
    ],
  );
  assert.deepEqual(all.capacityProviders![2]!.tags, []);
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.describeCapacityProviders({ maxResults: 3, ...(nextToken && { nextToken }) });
    names.push(...page.capacityProviders!.map(({ name }) => name!));
    nextToken = page.nextToken;
  } while (nextToken);
  assert.deepEqual(names, ["FARGATE", "FARGATE_SPOT", "a", "b"]);
  const ofCluster = await ecs.describeCapacityProviders({ cluster: "default", include: ["TAGS"] });
  assert.deepEqual(
    ofCluster.capacityProviders!.map(({ name, tags }) => [name, tags]),
    [
      ["FARGATE", []],
      ["b", tags],
    ],
  );
});

test("DescribeCapacityProviders says which are missing, and refuses too many and unknown clusters", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const { capacityProviders, failures } = await ecs.describeCapacityProviders({
    capacityProviders: ["FARGATE", "none"],
  });
  assert.equal(capacityProviders!.length, 1);
  assert.deepEqual(failures, [{ arn: "arn:aws:ecs:us-east-1:111122223333:capacity-provider/none", reason: "MISSING" }]);
  await assert.rejects(ecs.describeCapacityProviders({ cluster: "none" }), { name: "ClusterNotFoundException" });
  await assert.rejects(ecs.describeCapacityProviders({ maxResults: 11 }), { message: /between 1 and 10/ });
  await assert.rejects(ecs.describeCapacityProviders({ capacityProviders: Array(101).fill("a") }), {
    message: "Capacity providers can have at most 100 items.",
  });
});
