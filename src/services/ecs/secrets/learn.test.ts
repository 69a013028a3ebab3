import assert from "node:assert/strict";
import { test } from "node:test";
import { startFakeAgent } from "../test-support.fixture.ts";
import { db, key, openHolder } from "./held.fixture.ts";
import { secretsTender } from "./tend.ts";
import type { TrailReads } from "./trail.ts";

test("What a task of AWS's agent holds is learnt from the audit trail, once, and is said to be", async () => {
  const asked: string[] = [];
  const trailReads: TrailReads = async ({ account, region, name }) => {
    asked.push(`${account} ${region} ${name}`);
    return [
      { arn: db, version: "v1", asked: { secretId: db } },
      { arn: db, version: "v0", asked: { secretId: db, versionStage: "AWSPREVIOUS" } },
      { arn: key, version: "1", asked: { names: ["/app/key", "/other"] } },
      { arn: `${key}2`, version: "9", asked: { names: ["/app/key2"] } },
    ];
  };
  await using own = await openHolder({ trailReads });
  const { ecs, context } = own;
  await own.agent.disconnect();
  const attributes = [
    "ecs.capability.secrets.ssm.environment-variables",
    "ecs.capability.secrets.asm.environment-variables",
    "com.amazonaws.ecs.capability.docker-remote-api.1.18",
    "com.amazonaws.ecs.capability.docker-remote-api.1.19",
  ].map((name) => ({ name }));
  const agent = await startFakeAgent(own, { attributes });
  const { tasks, failures } = await ecs.runTask({ taskDefinition: "holder" });
  assert.deepEqual(failures, []);
  const task = tasks![0]!.taskArn!;
  const tend = secretsTender(context);
  await tend();
  assert.deepEqual(asked, []);
  await agent.tell(task, "RUNNING");
  own.now.set(db, "v2");
  await tend();
  await tend();
  assert.deepEqual(asked, [`111122223333 us-east-1 ${task.split("/").at(-1)}`]);
  const { tags } = (await ecs.describeTasks({ tasks: [task], include: ["TAGS"] })).tasks![0]!;
  assert.deepEqual(tags, [
    { key: `sealift:secret:${db}`, value: "v1 stale app" },
    { key: `sealift:secret:${key}`, value: "1 current app" },
    { key: "sealift:secrets-learnt-from", value: "audit-trail" },
  ]);
});
