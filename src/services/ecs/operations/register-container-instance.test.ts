import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("RegisterContainerInstance registers an instance again under its ARN until it is deregistered", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const { containerInstance } = await ecs.registerContainerInstance({ totalResources: [] });
  const containerInstanceArn = containerInstance!.containerInstanceArn!;
  const again = await ecs.registerContainerInstance({ containerInstanceArn, totalResources: [] });
  assert.equal(again.containerInstance!.containerInstanceArn, containerInstanceArn);
  assert.equal(again.containerInstance!.version, 2);
  await ecs.deregisterContainerInstance({ containerInstance: containerInstanceArn });
  const fresh = await ecs.registerContainerInstance({ containerInstanceArn, totalResources: [] });
  assert.notEqual(fresh.containerInstance!.containerInstanceArn, containerInstanceArn);
});

test("RegisterContainerInstance refuses an instance of another cluster", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.createCluster({ clusterName: "other" });
  const { containerInstance } = await ecs.registerContainerInstance({});
  const containerInstanceArn = containerInstance!.containerInstanceArn!;
  await assert.rejects(ecs.registerContainerInstance({ cluster: "other", containerInstanceArn }), {
    name: "ClientException",
    message: "Container instance is registered with another cluster.",
  });
});

const named = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${index}` }));

test("RegisterContainerInstance refuses more, and more malformed, than an instance can have", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const ports = Array.from({ length: 101 }, (_, index) => String(1000 + index));
  const cases = [
    [{ attributes: named(5_000, "a") }, "You can apply up to 10 custom attributes for each resource."],
    [{ attributes: named(11, "a") }, "You can apply up to 10 custom attributes for each resource."],
    [{ attributes: named(129, "ecs.capability.") }, "A resource can have up to 128 attributes."],
    [{ attributes: [{ name: "a b" }] }, "Invalid attribute name: 'a b'"],
    [{ attributes: [{ name: "a".repeat(129) }] }, `Invalid attribute name: '${"a".repeat(128)}…'`],
    [{ attributes: [{ name: "a", value: " b" }] }, "Invalid value of the attribute a: ' b'"],
    [{ attributes: [{ name: "a", value: "é" }] }, "Invalid value of the attribute a: 'é'"],
    [{ totalResources: named(11, "r") }, "totalResources can have at most 10 items."],
    [{ totalResources: [{ name: "r".repeat(65) }] }, "Invalid resource name or type."],
    [{ totalResources: [{ name: "PORTS", stringSetValue: ports }] }, "stringSetValue can have at most 100 items."],
    [{ totalResources: [{ name: "PORTS", stringSetValue: ["x"] }] }, "Invalid port: 'x'"],
    [{ versionInfo: { agentVersion: "1".repeat(256) } }, "versionInfo can have at most 255 characters."],
  ] as const;
  for (const [input, message] of cases) {
    const refused = { name: "InvalidParameterException", message };
    await assert.rejects(ecs.registerContainerInstance(structuredClone(input) as never), refused);
  }
  assert.deepEqual((await ecs.listContainerInstances({})).containerInstanceArns, []);
});

test("RegisterContainerInstance takes all attributes of an agent, and ten of its operator", async () => {
  await using own = await openEcs();
  await own.ecs.createCluster({});
  const attributes = [
    ...named(118, "ecs.capability."),
    ...named(9, "custom."),
    { name: "rack\\1/a_b-c", value: "a: b@c.d/e\\f" },
    { name: "custom.0", value: "" },
  ];
  const { containerInstance } = await own.ecs.registerContainerInstance({ attributes });
  assert.equal(containerInstance!.attributes!.length, 128);
});

test("RegisterContainerInstance keeps EC2's instance id", async () => {
  await using own = await openEcs();
  await own.ecs.createCluster({});
  const idOf = async (instanceIdentityDocument: string) =>
    (await own.ecs.registerContainerInstance({ instanceIdentityDocument })).containerInstance!.ec2InstanceId;
  assert.equal(await idOf('{"instanceId":"i-1"}'), "i-1");
  for (const document of ["nonsense", "{}", '{"instanceId":1}', `{"instanceId":"${"i".repeat(65)}"}`]) {
    assert.equal(await idOf(document), undefined);
  }
});
