import assert from "node:assert/strict";
import { test } from "node:test";
import { reconcileServices } from "../services/reconcile-services.ts";
import { openEcs, startFakeAgent } from "../test-support.fixture.ts";

const small = { family: "small", containerDefinitions: [{ name: "a", image: "b", memory: 8 }] };

test("DescribeServiceDeployments shows a deployment that the circuit breaker takes back", async () => {
  await using own = await openEcs();
  const { ecs, context, clock } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition(small);
  await ecs.registerTaskDefinition(small);
  const agent = await startFakeAgent(own);
  await ecs.createService({
    ...{ serviceName: "web", taskDefinition: "small:1", desiredCount: 1 },
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: true, rollback: true, thresholdConfiguration: { type: "COUNT", value: 1 } },
    },
  });
  const settle = async () => {
    for (let round = 0; round < 4; round++) {
      await reconcileServices(context);
      await agent.obey();
    }
  };
  await settle();
  const good = (await ecs.describeServices({ services: ["web"] })).services![0]!;
  const revision = good.currentServiceRevisions![0]!;
  assert.deepEqual([revision.requestedTaskCount, revision.runningTaskCount, revision.pendingTaskCount], [1, 1, 0]);
  clock.advance(1000);
  await ecs.updateService({ service: "web", taskDefinition: "small:2" });
  await reconcileServices(context);
  const { serviceDeployments: list } = await ecs.listServiceDeployments({ service: "web" });
  const arn = list![0]!.serviceDeploymentArn!;
  assert.match(arn, /^arn:aws:ecs:us-east-1:111122223333:service-deployment\/default\/web\/\d{19}$/);
  const describe = async () =>
    (await ecs.describeServiceDeployments({ serviceDeploymentArns: [arn] })).serviceDeployments![0]!;
  const begun = await describe();
  assert.equal(begun.status, "IN_PROGRESS");
  assert.deepEqual(
    begun.sourceServiceRevisions!.map((one) => one.arn),
    [revision.arn],
  );
  assert.deepEqual(begun.deploymentCircuitBreaker, { status: "MONITORING", failureCount: 0, threshold: 1 });
  const { taskArns } = await ecs.listTasks({ serviceName: "web" });
  const { tasks } = await ecs.describeTasks({ tasks: taskArns! });
  const bad = tasks!.find(({ taskDefinitionArn }) => taskDefinitionArn!.endsWith(":2"))!;
  await agent.tell(bad.taskArn!, "STOPPED", { reason: "CannotStartContainerError" });
  await reconcileServices(context);
  const back = await describe();
  assert.equal(back.status, "ROLLBACK_IN_PROGRESS");
  assert.match(back.rollback!.reason!, /rolling back/);
  assert.deepEqual(back.deploymentCircuitBreaker, { status: "TRIGGERED", failureCount: 1, threshold: 1 });
  await settle();
  assert.equal((await describe()).status, "ROLLBACK_SUCCESSFUL");
  const after = (await ecs.describeServices({ services: ["web"] })).services![0]!;
  assert.equal(after.currentServiceDeployment, undefined);
});

test("DescribeServiceDeployments says which are missing, and refuses ARNs of anything else", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const arn = "arn:aws:ecs:us-east-1:111122223333:service-deployment/default/none/1234567890123456789";
  const { failures } = await ecs.describeServiceDeployments({ serviceDeploymentArns: [arn] });
  assert.deepEqual(failures, [{ arn, reason: "MISSING" }]);
  await assert.rejects(ecs.describeServiceDeployments({ serviceDeploymentArns: ["x"] }), {
    name: "InvalidParameterException",
  });
  await assert.rejects(ecs.describeServiceDeployments({ serviceDeploymentArns: Array(21).fill(arn) }), {
    message: "Service deployments can have at most 20 items.",
  });
});
