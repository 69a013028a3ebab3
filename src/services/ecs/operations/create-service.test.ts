import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlacementStrategy } from "@aws-sdk/client-ecs";
import { reconcileServices } from "../services/reconcile-services.ts";
import { meanwhile, openPlain, plainDefinition } from "../test-support.fixture.ts";

const small = "arn:aws:iam::111122223333:role/small";
const big = "arn:aws:iam::111122223333:role/big";
const revision = (taskRoleArn: string) => ({ ...plainDefinition, family: "race", taskRoleArn });

test("CreateService makes a service with one deployment", async () => {
  await using own = await openPlain();
  const { service } = await own.ecs.createService({
    serviceName: "web",
    taskDefinition: "plain",
    desiredCount: 2,
    tags: [{ key: "k", value: "v" }],
  });
  assert.equal(service!.serviceArn, "arn:aws:ecs:us-east-1:111122223333:service/default/web");
  assert.deepEqual([service!.status, service!.desiredCount, service!.runningCount], ["ACTIVE", 2, 0]);
  assert.deepEqual(service!.tags, [{ key: "k", value: "v" }]);
  assert.deepEqual(
    service!.deployments!.map(({ status, desiredCount, rolloutState }) => [status, desiredCount, rolloutState]),
    [["PRIMARY", 2, "IN_PROGRESS"]],
  );
});

test("CreateService refuses what AWS refuses, in its words", async () => {
  await using own = await openPlain();
  const service = { serviceName: "web", taskDefinition: "plain", desiredCount: 1 };
  const random: PlacementStrategy[] = [{ type: "random" }];
  const cases = [
    [{ serviceName: "a b" }, "InvalidParameterException", "Invalid service name."],
    [{ taskDefinition: undefined }, "InvalidParameterException", "TaskDefinition can not be blank."],
    [{ taskDefinition: "none" }, "ClientException", "TaskDefinition not found."],
    [{ cluster: "none" }, "ClusterNotFoundException", "Cluster not found."],
    [{ desiredCount: undefined }, "InvalidParameterException", "desiredCount can not be null."],
    [{ desiredCount: -1 }, "InvalidParameterException", "desiredCount must be between 0 and 10000."],
    [
      { schedulingStrategy: "DAEMON" },
      "InvalidParameterException",
      "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
    ],
    [
      { schedulingStrategy: "DAEMON", desiredCount: undefined, placementStrategy: random },
      "InvalidParameterException",
      "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again",
    ],
    [
      { schedulingStrategy: "DAEMON", desiredCount: undefined, deploymentConfiguration: { maximumPercent: 200 } },
      "InvalidParameterException",
      "The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again",
    ],
    [
      { deploymentController: { type: "EXTERNAL" } },
      "InvalidParameterException",
      "Deployment controller EXTERNAL is not supported.",
    ],
    [
      { deploymentConfiguration: { minimumHealthyPercent: 101 } },
      "InvalidParameterException",
      "minimumHealthyPercent must be at most 100.",
    ],
    [
      { role: "ecs" },
      "InvalidParameterException",
      "IAM roles are only valid for services configured to use load balancers.",
    ],
    [
      { role: "ecs", loadBalancers: [{ targetGroupArn: "a" }, { targetGroupArn: "b" }] },
      "InvalidParameterException",
      "You cannot specify an IAM role for services that require a service linked role.",
    ],
  ] as const;
  for (const [input, name, message] of cases) {
    await assert.rejects(own.ecs.createService({ ...service, ...structuredClone(input as object) }), { name, message });
  }
});

test("CreateService refuses a name that is taken, until the former service is INACTIVE", async () => {
  await using own = await openPlain();
  const { ecs, context } = own;
  const input = { serviceName: "web", taskDefinition: "plain:1", desiredCount: 1, clientToken: "t" };
  const { service } = await ecs.createService(input);
  assert.equal((await ecs.createService(input)).service!.serviceArn, service!.serviceArn);
  const { clientToken: _, ...other } = input;
  await assert.rejects(ecs.createService(other), {
    name: "InvalidParameterException",
    message: "Creation of service was not idempotent.",
  });
  await ecs.deleteService({ service: "web", force: true });
  await assert.rejects(ecs.createService(other), { message: "Unable to Start a service that is still Draining." });
  await reconcileServices(context);
  assert.equal((await ecs.createService(other)).service!.status, "ACTIVE");
});

test("CreateService runs the revision that was authorised, though the family got another one meanwhile", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition(revision(small));
  race.during("iam:PassRole", () => ecs.registerTaskDefinition(revision(big)));
  const { service } = await ecs.createService({ serviceName: "web", taskDefinition: "race", desiredCount: 0 });
  assert.match(service!.taskDefinition!, /race:1$/);
});

test("CreateService refuses a revision or a cluster that went away while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition(revision(small));
  race.during("ecs:CreateService", () => ecs.deregisterTaskDefinition({ taskDefinition: "race:1" }));
  const service = { serviceName: "web", desiredCount: 0 };
  await assert.rejects(ecs.createService({ ...service, taskDefinition: "race" }), {
    name: "ClientException",
    message: "TaskDefinition is inactive",
  });
  race.during("ecs:CreateService", () => ecs.deleteCluster({ cluster: "default" }));
  await assert.rejects(ecs.createService({ ...service, taskDefinition: "plain" }), {
    name: "ClusterNotFoundException",
    message: "The referenced cluster was inactive.",
  });
  await ecs.createCluster({});
  assert.deepEqual((await ecs.listServices({})).serviceArns, []);
});
