import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openEcs } from "../test-support.fixture.ts";

async function openInstance(options: Parameters<typeof openEcs>[0] = {}) {
  const own = await openEcs(options);
  await own.ecs.createCluster({});
  const attributes = [{ name: "ecs.os-type", value: "linux" }];
  const { containerInstance } = await own.ecs.registerContainerInstance({ attributes });
  return { own, targetId: containerInstance!.containerInstanceArn! };
}

test("PutAttributes adds attributes and replaces their values", async () => {
  const { own, targetId } = await openInstance();
  await using _ = own;
  const { ecs } = own;
  await ecs.putAttributes({ attributes: [{ name: "disk", value: "hdd", targetId }] });
  const attributes = [{ name: "disk", value: "ssd", targetId }];
  assert.deepEqual((await ecs.putAttributes({ attributes })).attributes, attributes);
  const { containerInstances } = await ecs.describeContainerInstances({ containerInstances: [targetId] });
  assert.deepEqual(containerInstances![0]!.attributes, [
    { name: "ecs.os-type", value: "linux" },
    { name: "disk", value: "ssd" },
  ]);
});

test("PutAttributes refuses the eleventh custom attribute, and malformed ones, and then changes nothing", async () => {
  const { own, targetId } = await openInstance();
  await using _ = own;
  const { ecs } = own;
  const named = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => ({ name: `${prefix}${index}`, targetId }));
  await ecs.putAttributes({ attributes: named(10, "a") });
  await assert.rejects(ecs.putAttributes({ attributes: [{ name: "b", targetId }] }), {
    name: "AttributeLimitExceededException",
    message: "You can apply up to 10 custom attributes for each resource.",
  });
  await assert.rejects(ecs.putAttributes({ attributes: named(11, "a") }), {
    name: "InvalidParameterException",
    message: "Attributes can have at most 10 items.",
  });
  const malformed = [
    { name: "a0", value: "changed", targetId },
    { name: "a1", value: "x ", targetId },
  ];
  await assert.rejects(ecs.putAttributes({ attributes: malformed }), {
    message: "Invalid value of the attribute a1: 'x '",
  });
  const { attributes } = await ecs.listAttributes({ targetType: "container-instance" });
  assert.deepEqual([attributes!.length, attributes![0]!.value], [11, undefined]);
});

test("PutAttributes refuses a target that is not there, or was deregistered while the call was authorised", async () => {
  const race = meanwhile();
  const { own, targetId } = await openInstance(race);
  await using _ = own;
  const { ecs } = own;
  const missing = { name: "TargetNotFoundException", message: "The specified target wasn't found." };
  await assert.rejects(ecs.putAttributes({ attributes: [{ name: "a", targetId: "none" }] }), missing);
  race.during("ecs:PutAttributes", () => ecs.deregisterContainerInstance({ containerInstance: targetId }));
  await assert.rejects(ecs.putAttributes({ attributes: [{ name: "a", targetId }] }), missing);
});
