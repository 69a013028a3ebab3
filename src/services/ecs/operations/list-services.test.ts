import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain } from "../test-support.fixture.ts";

test("ListServices gives services that are not INACTIVE, page by page", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  for (const serviceName of ["a", "b"]) {
    await ecs.createService({ serviceName, taskDefinition: "plain", desiredCount: 0 });
  }
  const first = await ecs.listServices({ maxResults: 1 });
  const second = await ecs.listServices({ maxResults: 1, nextToken: first.nextToken! });
  assert.deepEqual(
    [...first.serviceArns!, ...second.serviceArns!].map((arn) => arn.split("/").at(-1)),
    ["a", "b"],
  );
  assert.equal(second.nextToken, undefined);
  assert.deepEqual((await ecs.listServices({ launchType: "FARGATE" })).serviceArns, []);
});

test("ListServices refuses a cluster that is not there", async () => {
  await using own = await openPlain();
  await assert.rejects(own.ecs.listServices({ cluster: "none" }), { name: "ClusterNotFoundException" });
});
