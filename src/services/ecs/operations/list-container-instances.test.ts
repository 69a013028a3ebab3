import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("ListContainerInstances finds instances by status and by an expression", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const { containerInstance } = await ecs.registerContainerInstance({ attributes: [{ name: "disk", value: "ssd" }] });
  const arn = containerInstance!.containerInstanceArn!;
  const found = async (input: Parameters<typeof ecs.listContainerInstances>[0]) =>
    (await ecs.listContainerInstances(input)).containerInstanceArns;
  assert.deepEqual(await found({ filter: "attribute:disk == ssd" }), [arn]);
  assert.deepEqual(await found({ filter: "attribute:disk == hdd" }), []);
  assert.deepEqual(await found({ status: "DRAINING" }), []);
  await ecs.deregisterContainerInstance({ containerInstance: arn });
  assert.deepEqual(await found({}), []);
});

test("ListContainerInstances refuses a cluster that is not there", async () => {
  await using own = await openEcs();
  await assert.rejects(own.ecs.listContainerInstances({}), { name: "ClusterNotFoundException" });
});
