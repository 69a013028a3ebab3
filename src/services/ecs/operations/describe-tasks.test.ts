import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("DescribeTasks shows each task once, with its tags where they are asked for", async () => {
  await using own = await openPlain();
  await startFakeAgent(own);
  const tags = [{ key: "k", value: "v" }];
  const { tasks } = await own.ecs.runTask({ taskDefinition: "plain", tags });
  const arn = tasks![0]!.taskArn!;
  const plain = await own.ecs.describeTasks({ tasks: [arn, arn.split("/").at(-1)!] });
  assert.deepEqual(
    plain.tasks!.map(({ taskArn, tags }) => [taskArn, tags]),
    [[arn, []]],
  );
  assert.deepEqual((await own.ecs.describeTasks({ tasks: [arn], include: ["TAGS"] })).tasks![0]!.tags, tags);
});

test("DescribeTasks names what is missing, and refuses a task of another cluster", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await ecs.createCluster({ clusterName: "other" });
  await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "plain" });
  const arn = tasks![0]!.taskArn!;
  const none = "arn:aws:ecs:us-east-1:111122223333:task/default/none";
  assert.deepEqual((await ecs.describeTasks({ tasks: ["none"] })).failures, [{ arn: none, reason: "MISSING" }]);
  await assert.rejects(ecs.describeTasks({ cluster: "other", tasks: [arn] }), {
    name: "InvalidParameterException",
    message: "Invalid identifier: Identifier is for cluster default. Your cluster is other",
  });
  await assert.rejects(ecs.describeTasks({ tasks: [] }), { message: "Tasks cannot be empty." });
});
