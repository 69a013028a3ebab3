import assert from "node:assert/strict";
import { test } from "node:test";
import type { CreateServiceCommandInput } from "@aws-sdk/client-ecs";
import { assertRefused } from "../../../../test/support/refused.ts";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";
import { reconcileServices } from "./reconcile-services.ts";

const containerDefinitions = [{ name: "app", image: "busybox", memory: 8, portMappings: [{ containerPort: 80 }] }];
const bakeTimeInMinutes = 5;
const blueGreen = { serviceName: "web", taskDefinition: "web:1", desiredCount: 2 };

/** A service whose deployments are blue and green, with the tasks of `web:1`; then `web:2` is deployed. */
async function openService(more: Partial<CreateServiceCommandInput["deploymentConfiguration"]> = {}) {
  const own = await openPlain();
  const { ecs, context, clock } = own;
  for (const _ of [1, 2]) await ecs.registerTaskDefinition({ family: "web", containerDefinitions });
  const agent = await startFakeAgent(own);
  const settle = async () => {
    for (let round = 0; round < 4; round++) {
      await reconcileServices(context);
      await agent.obey();
    }
  };
  const look = async () => {
    const { services } = await ecs.describeServices({ services: ["web"] });
    const [deployment] = (await ecs.listServiceDeployments({ service: "web" })).serviceDeployments!;
    const serviceDeploymentArns = [deployment!.serviceDeploymentArn!];
    const { serviceDeployments } = await ecs.describeServiceDeployments({ serviceDeploymentArns });
    const counts = services![0]!.deployments!.map(
      ({ taskDefinition, runningCount }) => `${taskDefinition!.split("/").at(-1)} ${runningCount}`,
    );
    const { lifecycleStage, status } = serviceDeployments![0]!;
    return { counts, lifecycleStage, status, arn: serviceDeploymentArns[0]! };
  };
  const deploymentConfiguration = { strategy: "BLUE_GREEN", bakeTimeInMinutes, ...more } as const;
  await ecs.createService({ ...blueGreen, deploymentConfiguration });
  await settle();
  assert.deepEqual((await look()).counts, ["web:1 2"]);
  clock.advance(1000);
  await ecs.updateService({ service: "web", taskDefinition: "web:2" });
  return { own, settle, look, agent };
}

test("blue tasks stay until all green ones have run for the bake time, and then go together", async () => {
  const { own, settle, look } = await openService();
  await using _ = own;
  const { arn, ...before } = await look();
  assert.deepEqual(before, { counts: ["web:2 0", "web:1 2"], lifecycleStage: "SCALE_UP", status: "IN_PROGRESS" });
  await settle();
  const baking = { counts: ["web:2 2", "web:1 2"], lifecycleStage: "BAKE_TIME", status: "IN_PROGRESS", arn };
  assert.deepEqual(await look(), baking);
  own.clock.advance(bakeTimeInMinutes * 60_000 - 1);
  await settle();
  assert.deepEqual(await look(), baking);
  own.clock.advance(1);
  await reconcileServices(own.context);
  assert.equal((await look()).lifecycleStage, "CLEAN_UP");
  await settle();
  assert.deepEqual(await look(), { counts: ["web:2 2"], lifecycleStage: undefined, status: "SUCCESSFUL", arn });
});

test("going back while the green tasks bake keeps the blue ones, and starts none", async () => {
  const { own, settle, look } = await openService();
  await using _ = own;
  await settle();
  const blue = (await own.ecs.listTasks({ serviceName: "web" })).taskArns!;
  const { arn } = await look();
  await own.ecs.stopServiceDeployment({ serviceDeploymentArn: arn });
  assert.equal((await look()).status, "ROLLBACK_IN_PROGRESS");
  await settle();
  assert.deepEqual(await look(), {
    counts: ["web:1 2"],
    lifecycleStage: undefined,
    status: "ROLLBACK_SUCCESSFUL",
    arn,
  });
  const { taskArns } = await own.ecs.listTasks({ serviceName: "web" });
  assert.ok(taskArns!.every((task) => blue.includes(task)));
  own.clock.advance(1000);
  await own.ecs.updateService({ service: "web", taskDefinition: "web:2" });
  await settle();
  const again = await look();
  assert.deepEqual([again.counts, again.lifecycleStage], [["web:2 2", "web:1 2"], "BAKE_TIME"]);
});

test("a green deployment that another one replaces goes at once, and the blue tasks stay for that", async () => {
  const { own, settle, look } = await openService({ bakeTimeInMinutes: 0 });
  await using _ = own;
  await own.ecs.registerTaskDefinition({ family: "web", containerDefinitions });
  await reconcileServices(own.context);
  own.clock.advance(1000);
  await own.ecs.updateService({ service: "web", taskDefinition: "web:3" });
  await reconcileServices(own.context);
  const { taskArns } = await own.ecs.listTasks({ serviceName: "web" });
  const { tasks } = await own.ecs.describeTasks({ tasks: taskArns! });
  const wanted = tasks!.map(({ taskDefinitionArn }) => taskDefinitionArn!.split("/").at(-1)).sort();
  assert.deepEqual(wanted, ["web:1", "web:1", "web:3", "web:3"]);
  await settle();
  assert.deepEqual((await look()).counts, ["web:3 2"]);
});

test("a service goes back to rolling deployments without a word of the bake time", async () => {
  const { own } = await openService();
  await using _ = own;
  const update = { service: "web", deploymentConfiguration: { strategy: "ROLLING" } } as const;
  const { deploymentConfiguration } = (await own.ecs.updateService(update)).service!;
  assert.deepEqual([deploymentConfiguration!.strategy, deploymentConfiguration!.bakeTimeInMinutes], ["ROLLING", 0]);
});

test("the circuit breaker goes back to the blue tasks, too", async () => {
  const thresholdConfiguration = { type: "COUNT", value: 1 } as const;
  const deploymentCircuitBreaker = { enable: true, rollback: true, thresholdConfiguration };
  const { own, settle, look, agent } = await openService({ deploymentCircuitBreaker });
  await using _ = own;
  await reconcileServices(own.context);
  const { taskArns } = await own.ecs.listTasks({ serviceName: "web" });
  const { tasks } = await own.ecs.describeTasks({ tasks: taskArns! });
  const bad = tasks!.find(({ taskDefinitionArn }) => taskDefinitionArn!.endsWith(":2"))!;
  await agent.tell(bad.taskArn!, "STOPPED", { reason: "CannotStartContainerError" });
  await settle();
  const { counts, status } = await look();
  assert.deepEqual([counts, status], [["web:1 2"], "ROLLBACK_SUCCESSFUL"]);
});

test("what belongs to another strategy, or is not done, is refused by name", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await ecs.registerTaskDefinition({ family: "web", containerDefinitions });
  const create = (deploymentConfiguration: object, more: object = {}) =>
    ecs.createService({ ...blueGreen, deploymentConfiguration, ...more });
  const invalid = "InvalidParameterException";
  const range = "bakeTimeInMinutes must be between 0 and 1440.";
  await assertRefused(create({ strategy: "BLUE_GREEN", bakeTimeInMinutes: 1441 }), invalid, range);
  await assertRefused(
    create({ bakeTimeInMinutes: 1 }),
    invalid,
    "deploymentConfiguration.bakeTimeInMinutes is not supported for the strategy ROLLING.",
  );
  await assertRefused(create({ strategy: "CANARY" }), invalid, "Deployment strategy CANARY is not supported.");
  const advancedConfiguration = { alternateTargetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/a/1" };
  const balancer = { containerName: "app", containerPort: 80, targetGroupArn: "arn", advancedConfiguration };
  const loadBalancers = [balancer];
  await assertRefused(
    create({}, { loadBalancers }),
    invalid,
    "loadBalancers.advancedConfiguration is not supported for the strategy ROLLING.",
  );
  await assertRefused(
    ecs.createService({
      ...{ serviceName: "web", taskDefinition: "web", schedulingStrategy: "DAEMON" },
      deploymentConfiguration: { strategy: "BLUE_GREEN" },
    }),
    invalid,
    /does not support the deployment strategy BLUE_GREEN/,
  );
  const foreign = { ...advancedConfiguration, roleArn: "arn:aws:iam::999999999999:role/ecs" };
  await assertRefused(
    create({ strategy: "BLUE_GREEN" }, { loadBalancers: [{ ...balancer, advancedConfiguration: foreign }] }),
    "AccessDeniedException",
    "Cross-account pass role is not allowed.",
  );
  const { service } = await create({ strategy: "BLUE_GREEN" }, { loadBalancers });
  assert.deepEqual(service!.loadBalancers, loadBalancers);
  assert.equal(service!.deploymentConfiguration!.strategy, "BLUE_GREEN");
});
