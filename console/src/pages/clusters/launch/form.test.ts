import assert from "node:assert/strict";
import { test } from "node:test";
import { createServiceInput, emptyRun, emptyService, formOf, runTaskInput, updateServiceInput } from "./form.ts";

const vpc = { networkMode: "awsvpc" as const };

test("runTaskInput has what the form says, and nothing of what it leaves empty", () => {
  assert.deepEqual(runTaskInput({ ...emptyRun, cluster: "default", family: "web" }, {}, []), {
    cluster: "default",
    taskDefinition: "web",
    count: 1,
    launchType: "EC2",
    enableECSManagedTags: true,
  });
});

test("runTaskInput has the network of an awsvpc definition, and overrides", () => {
  const form = {
    ...emptyRun,
    ...{ cluster: "c", family: "web", revision: "3", count: "2", launchType: "FARGATE" as const, group: "night" },
    ...{
      subnets: "subnet-1, subnet-2",
      publicIp: true,
      taskRole: "reader",
      managedTags: false,
      placement: "spread" as const,
    },
    containers: {
      main: {
        command: "echo,hello world",
        environment: [
          { name: "A", value: "1" },
          { name: "", value: "lost" },
        ],
      },
      side: { command: "", environment: [] },
    },
  };
  assert.deepEqual(runTaskInput(form, vpc, [{ key: "team", value: "web" }]), {
    cluster: "c",
    taskDefinition: "web:3",
    count: 2,
    launchType: "FARGATE",
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ["subnet-1", "subnet-2"], assignPublicIp: "ENABLED" },
    },
    overrides: {
      taskRoleArn: "reader",
      containerOverrides: [
        { name: "main", command: ["echo", "hello world"], environment: [{ name: "A", value: "1" }] },
      ],
    },
    group: "night",
    tags: [{ key: "team", value: "web" }],
  });
});

test("createServiceInput of a daemon names no count, and a strategy takes the launch type's place", () => {
  const daemon = createServiceInput(
    { ...emptyService, cluster: "c", name: "d", family: "web", strategyOfService: "DAEMON" },
    {},
    [],
  );
  assert.equal("desiredCount" in daemon, false);
  const strategy = [{ provider: "FARGATE_SPOT", weight: "2", base: "" }];
  const made = createServiceInput({ ...emptyService, family: "web", compute: "strategy", strategy }, {}, []);
  assert.deepEqual(made.capacityProviderStrategy, [{ capacityProvider: "FARGATE_SPOT", weight: 2, base: 0 }]);
  assert.equal("launchType" in made, false);
});

test("updateServiceInput sends what was changed only", () => {
  const service = {
    ...{ serviceName: "web", desiredCount: 2, launchType: "EC2" as const, schedulingStrategy: "REPLICA" as const },
    taskDefinition: "arn:aws:ecs:us-east-1:111122223333:task-definition/web:3",
    deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
  };
  const before = formOf(service, "c");
  assert.deepEqual(updateServiceInput(before, before, vpc), { cluster: "c", service: "web" });
  assert.deepEqual(updateServiceInput({ ...before, force: true }, before, {}), {
    cluster: "c",
    service: "web",
    forceNewDeployment: true,
  });
  assert.deepEqual(updateServiceInput({ ...before, revision: "4", count: "5", breaker: true }, before, {}), {
    cluster: "c",
    service: "web",
    taskDefinition: "web:4",
    desiredCount: 5,
    deploymentConfiguration: {
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: false },
    },
  });
});

test("updateServiceInput keeps what a circuit breaker has beside what the form shows", () => {
  const breaker = { enable: true, rollback: true, thresholdConfiguration: { type: "COUNT" as const, value: 7 } };
  const service = {
    serviceName: "web",
    deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200, deploymentCircuitBreaker: breaker },
  };
  const before = formOf(service, "c");
  assert.deepEqual(
    updateServiceInput({ ...before, maximum: "150", rollback: false }, before, {}).deploymentConfiguration,
    {
      minimumHealthyPercent: 100,
      maximumPercent: 150,
      deploymentCircuitBreaker: { ...breaker, rollback: false },
    },
  );
});
