import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openPlain } from "../test-support.fixture.ts";

async function openService(options: Parameters<typeof openPlain>[0] = {}) {
  const own = await openPlain(options);
  await own.ecs.createService({ serviceName: "web", taskDefinition: "plain", desiredCount: 1 });
  return own;
}

test("DeleteService drains a service, and may be called again", async () => {
  await using own = await openService();
  const { ecs } = own;
  await assert.rejects(ecs.deleteService({ service: "web" }), {
    name: "InvalidParameterException",
    message: "The service cannot be stopped while it is scaled above 0.",
  });
  const { service } = await ecs.deleteService({ service: "web", force: true });
  assert.deepEqual([service!.status, service!.desiredCount], ["DRAINING", 0]);
  assert.equal((await ecs.deleteService({ service: "web" })).service!.status, "DRAINING");
});

test("DeleteService refuses a service that is not there", async () => {
  await using own = await openService();
  await assert.rejects(own.ecs.deleteService({ service: "none" }), {
    name: "ServiceNotFoundException",
    message: "Service not found.",
  });
});

test("DeleteService spares another service that took the name while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openService(race);
  const { ecs, context, clock } = own;
  race.during("ecs:DeleteService", async () => {
    const { service } = await ecs.deleteService({ service: "web", force: true });
    const record = await context.store.services.find(service!.serviceArn!);
    await context.store.services.put({ ...record!, status: "INACTIVE" });
    clock.advance(1_000);
    await ecs.createService({ serviceName: "web", taskDefinition: "plain", desiredCount: 1 });
  });
  await assert.rejects(ecs.deleteService({ service: "web", force: true }), { name: "ServiceNotFoundException" });
  assert.equal((await ecs.describeServices({ services: ["web"] })).services![0]!.status, "ACTIVE");
});
