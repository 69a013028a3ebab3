import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "../../../../test/support/refused.ts";
import { reconcileServices } from "../services/reconcile-services.ts";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("StopServiceDeployment goes back to the revision that completed last", async () => {
  await using own = await openPlain();
  const { ecs, context } = own;
  const containerDefinitions = [{ name: "app", image: "busybox", memory: 8 }];
  for (const _ of [1, 2]) await ecs.registerTaskDefinition({ family: "web", containerDefinitions });
  const agent = await startFakeAgent(own);
  const settle = async () => {
    for (let round = 0; round < 4; round++) {
      await reconcileServices(context);
      await agent.obey();
    }
  };
  const newest = async () => {
    const { serviceDeployments } = await ecs.listServiceDeployments({ service: "web" });
    return serviceDeployments![0]!.serviceDeploymentArn!;
  };
  await ecs.createService({ serviceName: "web", taskDefinition: "web:1", desiredCount: 1 });
  await assertRefused(
    ecs.stopServiceDeployment({ serviceDeploymentArn: await newest() }),
    "ConflictException",
    "The service deployment cannot be stopped: there is no earlier service revision to go back to.",
  );
  await settle();
  await assertRefused(
    ecs.stopServiceDeployment({ serviceDeploymentArn: await newest() }),
    "ConflictException",
    "The service deployment cannot be stopped: it is SUCCESSFUL.",
  );

  own.clock.advance(1000);
  await ecs.updateService({ service: "web", taskDefinition: "web:2" });
  await reconcileServices(context);
  const serviceDeploymentArn = await newest();
  await assertRefused(
    ecs.stopServiceDeployment({ serviceDeploymentArn, stopType: "ABORT" }),
    "InvalidParameterException",
    "Stop type ABORT is not supported.",
  );
  const answer = await ecs.stopServiceDeployment({ serviceDeploymentArn });
  assert.equal(answer.serviceDeploymentArn, serviceDeploymentArn);
  const describe = async () =>
    (await ecs.describeServiceDeployments({ serviceDeploymentArns: [serviceDeploymentArn] })).serviceDeployments![0]!;
  const going = await describe();
  assert.equal(going.status, "ROLLBACK_IN_PROGRESS");
  assert.match(going.rollback!.reason!, /^Service deployment stopped by user: rolling back to deploymentId ecs-svc/);
  await settle();
  assert.equal((await describe()).status, "ROLLBACK_SUCCESSFUL");
  const { services } = await ecs.describeServices({ services: ["web"] });
  assert.match(services![0]!.taskDefinition!, /web:1$/);
  assert.equal(services![0]!.runningCount, 1);

  await assertRefused(
    ecs.stopServiceDeployment({ serviceDeploymentArn: serviceDeploymentArn.replace(/\d+$/, "1234567890123456789") }),
    "ServiceDeploymentNotFoundException",
    "Service deployment not found.",
  );
});
