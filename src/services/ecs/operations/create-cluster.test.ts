import assert from "node:assert/strict";
import { test } from "node:test";
import { ensureDefaultCluster } from "../index.ts";
import { openEcs, startFakeAgent } from "../test-support.fixture.ts";

const scope = { account: "111122223333", region: "us-east-1", partition: "aws" };

test("clusters are made once, described and listed", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const { cluster } = await ecs.createCluster({ clusterName: "blue", tags: [{ key: "k", value: "v" }] });
  assert.equal(cluster!.clusterArn, "arn:aws:ecs:us-east-1:111122223333:cluster/blue");
  const again = await ecs.createCluster({ clusterName: "blue" });
  assert.deepEqual(again.cluster!.tags, [{ key: "k", value: "v" }]);
  await ensureDefaultCluster(own.context, scope);
  await ensureDefaultCluster(own.context, scope);
  const { clusters, failures } = await ecs.describeClusters({
    clusters: ["blue", "none"],
    include: ["TAGS", "STATISTICS"],
  });
  assert.equal(clusters![0]!.status, "ACTIVE");
  assert.equal(clusters![0]!.statistics!.length, 8);
  assert.deepEqual(failures, [{ arn: "arn:aws:ecs:us-east-1:111122223333:cluster/none", reason: "MISSING" }]);
  const first = await ecs.listClusters({ maxResults: 1 });
  const second = await ecs.listClusters({ maxResults: 1, nextToken: first.nextToken! });
  assert.deepEqual(
    [...first.clusterArns!, ...second.clusterArns!].map((arn) => arn.split("/")[1]),
    ["blue", "default"],
  );
  assert.equal(second.nextToken, undefined);
});

test("a cluster is deleted once nothing is in it, and is remembered as INACTIVE", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const agent = await startFakeAgent(own);
  await assert.rejects(ecs.deleteCluster({ cluster: "default" }), {
    name: "ClusterContainsContainerInstancesException",
    message: "The Cluster cannot be deleted while Container Instances are active or draining.",
  });
  await ecs.deregisterContainerInstance({ containerInstance: agent.arn });
  assert.equal((await ecs.deleteCluster({ cluster: "default" })).cluster!.status, "INACTIVE");
  assert.equal((await ecs.describeClusters({})).clusters![0]!.status, "INACTIVE");
  await assert.rejects(ecs.listTasks({}), { name: "ClusterNotFoundException" });
  assert.equal((await ecs.createCluster({})).cluster!.status, "ACTIVE");
});

test("a container instance registers again under its ARN until it is deregistered", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const { containerInstance } = await ecs.registerContainerInstance({ totalResources: [] });
  const containerInstanceArn = containerInstance!.containerInstanceArn!;
  const again = await ecs.registerContainerInstance({ containerInstanceArn, totalResources: [] });
  assert.equal(again.containerInstance!.containerInstanceArn, containerInstanceArn);
  assert.equal(again.containerInstance!.version, 2);
  await ecs.putAttributes({ attributes: [{ name: "disk", value: "ssd", targetId: containerInstanceArn }] });
  const { attributes } = await ecs.listAttributes({ targetType: "container-instance", attributeName: "disk" });
  assert.deepEqual(attributes, [
    { name: "disk", value: "ssd", targetType: "container-instance", targetId: containerInstanceArn },
  ]);
  const { containerInstanceArns } = await ecs.listContainerInstances({ filter: "attribute:disk == ssd" });
  assert.deepEqual(containerInstanceArns, [containerInstanceArn]);
  assert.deepEqual((await ecs.listContainerInstances({ filter: "attribute:disk == hdd" })).containerInstanceArns, []);
  await ecs.deregisterContainerInstance({ containerInstance: containerInstanceArn });
  assert.deepEqual((await ecs.listContainerInstances({})).containerInstanceArns, []);
  const fresh = await ecs.registerContainerInstance({ containerInstanceArn, totalResources: [] });
  assert.notEqual(fresh.containerInstance!.containerInstanceArn, containerInstanceArn);
});

test("DeregisterContainerInstance with tasks needs force, which stops them", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition({ family: "a", containerDefinitions: [{ name: "a", image: "b", memory: 8 }] });
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "a" });
  await assert.rejects(ecs.deregisterContainerInstance({ containerInstance: agent.arn }), {
    name: "InvalidParameterException",
    message: "Found running tasks on the instance.",
  });
  await ecs.deregisterContainerInstance({ containerInstance: agent.arn, force: true });
  const [task] = (await ecs.describeTasks({ tasks: [tasks![0]!.taskArn!] })).tasks!;
  assert.equal(task!.lastStatus, "STOPPED");
  assert.match(task!.stoppedReason!, /^Host EC2 \(instance .+\) terminated\.$/);
});

test("tags cannot be read of what is not there, nor of another account", async () => {
  await using own = await openEcs();
  const cases = [
    ["arn:aws:ecs:us-east-1:111122223333:cluster/none", "ClusterNotFoundException"],
    ["arn:aws:ecs:us-east-1:111122223333:service/default/none", "ServiceNotFoundException"],
    ["arn:aws:ecs:us-east-1:111122223333:task/default/none", "ResourceNotFoundException"],
    ["arn:aws:ecs:us-east-1:999999999999:task-definition/web:1", "ResourceNotFoundException"],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/x", "InvalidParameterException"],
    ["x", "InvalidParameterException"],
  ] as const;
  for (const [resourceArn, name] of cases) await assert.rejects(own.ecs.listTagsForResource({ resourceArn }), { name });
});

test("DiscoverPollEndpoint names the server as the agent does", async () => {
  await using own = await openEcs();
  assert.equal((await own.ecs.discoverPollEndpoint({})).endpoint, "http://ecs.us-east-1.amazonaws.com");
});

test("a cluster's settings and capacity providers can be changed", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.updateClusterSettings({ cluster: "default", settings: [{ name: "containerInsights", value: "enabled" }] });
  const strategy = [{ capacityProvider: "FARGATE", weight: 1 }];
  const input = { cluster: "default", capacityProviders: ["FARGATE"], defaultCapacityProviderStrategy: strategy };
  await ecs.putClusterCapacityProviders(input);
  const { cluster } = await ecs.updateCluster({ cluster: "default" });
  assert.deepEqual(cluster!.settings, [{ name: "containerInsights", value: "enabled" }]);
  assert.deepEqual(cluster!.defaultCapacityProviderStrategy, strategy);
  await assert.rejects(ecs.putClusterCapacityProviders({ ...input, capacityProviders: ["mine"] }), {
    message: "The specified capacity provider was not found.",
  });
});
