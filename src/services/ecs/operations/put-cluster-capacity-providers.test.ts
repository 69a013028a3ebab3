import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

const strategy = [{ capacityProvider: "FARGATE", weight: 1 }];
const input = { cluster: "default", capacityProviders: ["FARGATE"], defaultCapacityProviderStrategy: strategy };

test("PutClusterCapacityProviders replaces the providers and the default strategy", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const { cluster } = await ecs.putClusterCapacityProviders(input);
  assert.deepEqual(cluster!.capacityProviders, ["FARGATE"]);
  const updated = await ecs.updateCluster({ cluster: "default" });
  assert.deepEqual(updated.cluster!.defaultCapacityProviderStrategy, strategy);
});

test("PutClusterCapacityProviders refuses providers that are not AWS's own", async () => {
  await using own = await openEcs();
  await own.ecs.createCluster({});
  await assert.rejects(own.ecs.putClusterCapacityProviders({ ...input, capacityProviders: ["mine"] }), {
    name: "InvalidParameterException",
    message: "The specified capacity provider was not found.",
  });
});
