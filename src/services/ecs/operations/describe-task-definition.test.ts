import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain } from "../test-support.fixture.ts";

test("DescribeTaskDefinition shows a revision, and of a family the newest active one", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const container = { name: "a", image: "b", memory: 8 };
  const tags = [{ key: "k", value: "v" }];
  await ecs.registerTaskDefinition({ family: "plain", containerDefinitions: [container], tags });
  const newest = await ecs.describeTaskDefinition({ taskDefinition: "plain", include: ["TAGS"] });
  assert.deepEqual([newest.taskDefinition!.revision, newest.tags], [2, tags]);
  const first = await ecs.describeTaskDefinition({ taskDefinition: "plain:1" });
  assert.deepEqual([first.taskDefinition!.revision, first.tags], [1, undefined]);
});

test("DescribeTaskDefinition refuses what is not there, and what is of another account", async () => {
  await using own = await openPlain();
  const foreign = "arn:aws:ecs:us-east-1:999999999999:task-definition/plain:1";
  for (const taskDefinition of ["none", "plain:9", "a b", foreign]) {
    await assert.rejects(own.ecs.describeTaskDefinition({ taskDefinition }), {
      name: "ClientException",
      message: "Unable to describe task definition.",
    });
  }
});
