import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain } from "../test-support.fixture.ts";

test("DescribeServices shows each service once, with its tags where they are asked for", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const tags = [{ key: "k", value: "v" }];
  const { service } = await ecs.createService({ serviceName: "web", taskDefinition: "plain", desiredCount: 1, tags });
  const { services } = await ecs.describeServices({ services: ["web", service!.serviceArn!] });
  assert.equal(services!.length, 1);
  const { desiredCount, pendingCount, runningCount, tags: shown } = services![0]!;
  assert.deepEqual([desiredCount, pendingCount, runningCount, shown], [1, 0, 0, undefined]);
  assert.deepEqual((await ecs.describeServices({ services: ["web"], include: ["TAGS"] })).services![0]!.tags, tags);
});

test("DescribeServices names what is missing, and refuses an empty list", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const none = "arn:aws:ecs:us-east-1:111122223333:service/default/none";
  const { failures } = await ecs.describeServices({ services: ["none"] });
  assert.deepEqual(failures, [{ arn: none, reason: "MISSING" }]);
  await assert.rejects(ecs.describeServices({ services: [] }), { message: "Services cannot be empty." });
});
