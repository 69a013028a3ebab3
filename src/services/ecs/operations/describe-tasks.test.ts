import assert from "node:assert/strict";
import { test } from "node:test";
import { db, key, openHolder } from "../secrets/held.fixture.ts";
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

test("DescribeTasks adds the secrets that a task holds to its tags, for those who ask for tags; they are no tags of its own", async () => {
  await using own = await openHolder();
  const { ecs, agent, now } = own;
  const { tasks } = await ecs.runTask({ taskDefinition: "holder", tags: [{ key: "k", value: "v" }] });
  const arn = tasks![0]!.taskArn!;
  await agent.tell(arn, "RUNNING", { held: await own.held() });
  now.set(db, "v2");
  own.gone.add(key);
  const { tasks: described } = await ecs.describeTasks({ tasks: [arn], include: ["TAGS"] });
  assert.deepEqual(described![0]!.tags, [
    { key: "k", value: "v" },
    { key: `sealift:secret:${db}`, value: "v1 stale app" },
    { key: `sealift:secret:${key}`, value: "1 gone app" },
    { key: "sealift:secrets-learnt-from", value: "agent" },
  ]);
  assert.deepEqual((await ecs.describeTasks({ tasks: [arn] })).tasks![0]!.tags, []);
  assert.deepEqual((await ecs.listTagsForResource({ resourceArn: arn })).tags, [{ key: "k", value: "v" }]);
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

test("DescribeTasks tells that ephemeral storage is the machine's disk", async () => {
  await using own = await openPlain();
  const storage = { name: "ecs.capability.extensible-ephemeral-storage" };
  await startFakeAgent(own, { attributes: [storage] });
  const containerDefinitions = [{ name: "app", image: "busybox", memory: 64 }];
  await own.ecs.registerTaskDefinition({ family: "big", containerDefinitions, ephemeralStorage: { sizeInGiB: 50 } });
  const { tasks } = await own.ecs.runTask({ taskDefinition: "big" });
  const described = await own.ecs.describeTasks({ tasks: [tasks![0]!.taskArn!] });
  const notice = described.tasks![0]!.attributes!.find(({ name }) => name === "sealift.notice.ephemeral-storage");
  assert.match(notice!.value!, /asks for 50 GiB of ephemeral storage/);
});
