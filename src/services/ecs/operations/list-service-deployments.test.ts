import assert from "node:assert/strict";
import { test } from "node:test";
import { reconcileServices } from "../services/reconcile-services.ts";
import { openEcs, startFakeAgent } from "../test-support.fixture.ts";

test("ListServiceDeployments tells a service's deployments from beginning to end, newest first", async () => {
  await using own = await openEcs();
  const { ecs, context, clock } = own;
  await ecs.createCluster({});
  const small = { family: "small", containerDefinitions: [{ name: "a", image: "b", memory: 8 }] };
  await ecs.registerTaskDefinition(small);
  const agent = await startFakeAgent(own);
  await ecs.createService({ serviceName: "web", taskDefinition: "small", desiredCount: 1 });
  const statuses = async (more: object = {}) =>
    (await ecs.listServiceDeployments({ service: "web", ...more })).serviceDeployments!.map(({ status }) => status);
  const settle = async () => {
    for (let round = 0; round < 4; round++) {
      await reconcileServices(context);
      await agent.obey();
    }
  };
  assert.deepEqual(await statuses(), ["IN_PROGRESS"]);
  await settle();
  assert.deepEqual(await statuses(), ["SUCCESSFUL"]);
  clock.advance(1000);
  const between = clock.now();
  clock.advance(1000);
  await ecs.updateService({ service: "web", forceNewDeployment: true });
  clock.advance(1000);
  await ecs.updateService({ service: "web", forceNewDeployment: true });
  assert.deepEqual(await statuses(), ["IN_PROGRESS", "STOPPED", "SUCCESSFUL"]);
  assert.deepEqual(await statuses({ status: ["STOPPED"] }), ["STOPPED"]);
  assert.deepEqual(await statuses({ createdAt: { after: between } }), ["IN_PROGRESS", "STOPPED"]);
  assert.deepEqual(await statuses({ createdAt: { before: between } }), ["SUCCESSFUL"]);
  const first = await ecs.listServiceDeployments({ service: "web", maxResults: 2 });
  assert.equal(first.serviceDeployments!.length, 2);
  assert.deepEqual(await statuses({ nextToken: first.nextToken }), ["SUCCESSFUL"]);
  await settle();
  assert.deepEqual(await statuses(), ["SUCCESSFUL", "STOPPED", "SUCCESSFUL"]);
});

test("ListServiceDeployments refuses services that are not there", async () => {
  await using own = await openEcs();
  await own.ecs.createCluster({});
  await assert.rejects(own.ecs.listServiceDeployments({ service: "none" }), { name: "ServiceNotFoundException" });
  await assert.rejects(own.ecs.listServiceDeployments({ service: "none", cluster: "none" }), {
    name: "ClusterNotFoundException",
  });
});
