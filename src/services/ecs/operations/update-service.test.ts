import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openPlain, plainDefinition, type TestOptions } from "../test-support.fixture.ts";

const small = "arn:aws:iam::111122223333:role/small";
const big = "arn:aws:iam::111122223333:role/big";
const revision = (taskRoleArn: string) => ({ ...plainDefinition, family: "race", taskRoleArn });

async function openService(options: TestOptions = {}) {
  const own = await openPlain(options);
  await own.ecs.createService({ serviceName: "web", taskDefinition: "plain", desiredCount: 0 });
  return own;
}

test("UpdateService changes what it is given, and deploys only where the tasks change", async () => {
  await using own = await openService();
  const { ecs } = own;
  const scaled = await ecs.updateService({ service: "web", desiredCount: 3, propagateTags: "SERVICE" });
  assert.deepEqual([scaled.service!.desiredCount, scaled.service!.propagateTags], [3, "SERVICE"]);
  assert.equal(scaled.service!.deployments!.length, 1);
  await ecs.registerTaskDefinition(plainDefinition);
  const { service } = await ecs.updateService({ service: "web", taskDefinition: "plain" });
  assert.deepEqual(
    service!.deployments!.map(({ status, taskDefinition }) => [status, taskDefinition!.split("/")[1]]),
    [
      ["PRIMARY", "plain:2"],
      ["ACTIVE", "plain:1"],
    ],
  );
  assert.equal(service!.desiredCount, 3);
});

test("UpdateService refuses what AWS refuses, in its words", async () => {
  await using own = await openService();
  const cases = [
    [{ service: "none" }, "ServiceNotFoundException", "Service not found."],
    [{ service: "web", cluster: "none" }, "ClusterNotFoundException", "Cluster not found."],
    [{ service: "web", taskDefinition: "none" }, "ClientException", "TaskDefinition not found."],
    [
      { service: "web", desiredCount: 10_001 },
      "InvalidParameterException",
      "desiredCount must be between 0 and 10000.",
    ],
    [
      { service: "web", networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"] } } },
      "InvalidParameterException",
      "Network Configuration is not valid for the given networkMode of this task definition.",
    ],
  ] as const;
  for (const [input, name, message] of cases) {
    await assert.rejects(own.ecs.updateService(structuredClone(input) as never), { name, message });
  }
});

test("UpdateService deploys the revision that was authorised, though the family got another one meanwhile", async () => {
  const race = meanwhile();
  await using own = await openService(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition(revision(small));
  race.during("iam:PassRole", () => ecs.registerTaskDefinition(revision(big)));
  const { service } = await ecs.updateService({ service: "web", taskDefinition: "race" });
  assert.match(service!.taskDefinition!, /race:1$/);
});

test("UpdateService refuses a revision that was deregistered while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openService(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition(revision(small));
  race.during("ecs:UpdateService", () => ecs.deregisterTaskDefinition({ taskDefinition: "race:1" }));
  await assert.rejects(ecs.updateService({ service: "web", taskDefinition: "race" }), {
    name: "ClientException",
    message: "TaskDefinition is inactive",
  });
  const { services } = await ecs.describeServices({ services: ["web"] });
  assert.match(services![0]!.taskDefinition!, /plain:1$/);
});

test("UpdateService refuses a service that was deleted while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openService(race);
  const { ecs } = own;
  race.during("ecs:UpdateService", () => ecs.deleteService({ service: "web" }));
  await assert.rejects(ecs.updateService({ service: "web", desiredCount: 1 }), { name: "ServiceNotActiveException" });
});

const changed = { name: "ClientException", message: "The service was changed by another request. Try again." };

test("UpdateService refuses another service that took the name while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openService(race);
  const { ecs, context, clock } = own;
  race.during("ecs:UpdateService", async () => {
    await ecs.deleteService({ service: "web" });
    const { services } = await ecs.describeServices({ services: ["web"] });
    const service = await context.store.services.find(services![0]!.serviceArn!);
    await context.store.services.put({ ...service!, status: "INACTIVE" });
    clock.advance(1_000);
    await ecs.createService({ serviceName: "web", taskDefinition: "plain", desiredCount: 0 });
  });
  await assert.rejects(ecs.updateService({ service: "web", desiredCount: 1 }), changed);
});

test("UpdateService shows policies only what is sent, and deploys no revision that came meanwhile", async () => {
  const race = meanwhile();
  await using own = await openService(race);
  const { ecs } = own;
  race.during("ecs:UpdateService", () => ecs.updateService({ service: "web", enableExecuteCommand: true }));
  assert.equal((await ecs.updateService({ service: "web", desiredCount: 1 })).service!.enableExecuteCommand, true);
  race.during("ecs:UpdateService", () => ecs.updateService({ service: "web", enableExecuteCommand: true }));
  const { service } = await ecs.updateService({ service: "web", enableExecuteCommand: false });
  assert.equal(service!.enableExecuteCommand, false);

  await ecs.registerTaskDefinition(revision(big));
  race.during("ecs:UpdateService", () => ecs.updateService({ service: "web", taskDefinition: "race" }));
  await assert.rejects(ecs.updateService({ service: "web", forceNewDeployment: true }), changed);
  race.during("ecs:UpdateService", () => ecs.updateService({ service: "web", taskDefinition: "plain" }));
  assert.equal((await ecs.updateService({ service: "web", desiredCount: 2 })).service!.desiredCount, 2);
});
