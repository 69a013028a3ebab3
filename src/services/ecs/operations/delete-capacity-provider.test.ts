import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

const autoScalingGroupProvider = { autoScalingGroupArn: "workers" };

test("DeleteCapacityProvider deletes a provider that no cluster has; its name is free again", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const { capacityProvider } = await ecs.createCapacityProvider({
    ...{ name: "workers", autoScalingGroupProvider },
    tags: [{ key: "k", value: "v" }],
  });
  const deleted = await ecs.deleteCapacityProvider({ capacityProvider: capacityProvider!.capacityProviderArn! });
  assert.deepEqual(
    [deleted.capacityProvider!.status, deleted.capacityProvider!.updateStatus],
    ["INACTIVE", "DELETE_COMPLETE"],
  );
  const described = await ecs.describeCapacityProviders({ capacityProviders: ["workers"], include: ["TAGS"] });
  assert.deepEqual(
    described.capacityProviders!.map(({ status, tags }) => [status, tags]),
    [["INACTIVE", []]],
  );
  const again = await ecs.createCapacityProvider({ name: "workers", autoScalingGroupProvider });
  assert.equal(again.capacityProvider!.status, "ACTIVE");
});

test("DeleteCapacityProvider refuses one that a cluster has, one that is not there, and AWS's own", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCapacityProvider({ name: "workers", autoScalingGroupProvider });
  await ecs.createCluster({ clusterName: "blue", capacityProviders: ["workers"] });
  await assert.rejects(ecs.deleteCapacityProvider({ capacityProvider: "workers" }), {
    message:
      "The capacity provider cannot be deleted because it is associated with cluster: blue. Remove the capacity provider from the cluster and try again.",
  });
  await assert.rejects(ecs.deleteCapacityProvider({ capacityProvider: "none" }), { message: /was not found/ });
  await assert.rejects(ecs.deleteCapacityProvider({ capacityProvider: "FARGATE" }), { message: /are reserved/ });
  await assert.rejects(ecs.deleteCapacityProvider({ capacityProvider: "workers", cluster: "blue" }), {
    message: /^cluster is for/,
  });
});
