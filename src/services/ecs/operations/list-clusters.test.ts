import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("ListClusters gives active clusters page by page", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  for (const clusterName of ["blue", "default", "gone"]) await ecs.createCluster({ clusterName });
  await ecs.deleteCluster({ cluster: "gone" });
  const first = await ecs.listClusters({ maxResults: 1 });
  const second = await ecs.listClusters({ maxResults: 1, nextToken: first.nextToken! });
  assert.deepEqual(
    [...first.clusterArns!, ...second.clusterArns!].map((arn) => arn.split("/")[1]),
    ["blue", "default"],
  );
  assert.equal(second.nextToken, undefined);
});

test("ListClusters refuses a token that it never gave", async () => {
  await using own = await openEcs();
  const refused = { name: "InvalidParameterException", message: "Invalid token." };
  await assert.rejects(own.ecs.listClusters({ nextToken: "x" }), refused);
});
