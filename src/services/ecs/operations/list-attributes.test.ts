import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("ListAttributes finds attributes by name and value, page by page", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const { containerInstance } = await ecs.registerContainerInstance({ attributes: [{ name: "rack", value: "1" }] });
  const targetId = containerInstance!.containerInstanceArn!;
  await ecs.putAttributes({ attributes: [{ name: "disk", value: "ssd", targetId }] });
  const targetType = "container-instance" as const;
  const disk = { name: "disk", value: "ssd", targetType, targetId };
  assert.deepEqual((await ecs.listAttributes({ targetType, attributeName: "disk" })).attributes, [disk]);
  const other = await ecs.listAttributes({ targetType, attributeName: "disk", attributeValue: "hdd" });
  assert.deepEqual(other.attributes, []);
  const first = await ecs.listAttributes({ targetType, maxResults: 1 });
  const second = await ecs.listAttributes({ targetType, maxResults: 1, nextToken: first.nextToken! });
  assert.deepEqual([...first.attributes!, ...second.attributes!], [disk, { ...disk, name: "rack", value: "1" }]);
});

test("ListAttributes refuses a cluster that is not there", async () => {
  await using own = await openEcs();
  await assert.rejects(own.ecs.listAttributes({ targetType: "container-instance" }), { message: "Cluster not found." });
});
