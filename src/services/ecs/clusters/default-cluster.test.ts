import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";
import { ensureDefaultCluster } from "./default-cluster.ts";

test("the default cluster is made once", async () => {
  await using own = await openEcs();
  const scope = { account: "111122223333", region: "us-east-1", partition: "aws" };
  const made = await ensureDefaultCluster(own.context, scope);
  assert.deepEqual(await ensureDefaultCluster(own.context, scope), made);
  const [cluster] = (await own.ecs.describeClusters({})).clusters!;
  assert.deepEqual(cluster!.capacityProviders, ["FARGATE", "FARGATE_SPOT"]);
  assert.deepEqual((await own.ecs.listClusters({})).clusterArns, [
    "arn:aws:ecs:us-east-1:111122223333:cluster/default",
  ]);
});
