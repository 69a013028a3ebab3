import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openEcs } from "../test-support.fixture.ts";

const autoScalingGroupProvider = { autoScalingGroupArn: "workers", managedScaling: { targetCapacity: 90 } };

test("UpdateCapacityProvider changes the settings that it is given", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCapacityProvider({ name: "workers", autoScalingGroupProvider });
  const { capacityProvider } = await ecs.updateCapacityProvider({
    name: "workers",
    autoScalingGroupProvider: { managedScaling: { status: "ENABLED" }, managedTerminationProtection: "ENABLED" },
  });
  const shown = capacityProvider!.autoScalingGroupProvider!;
  assert.deepEqual([shown.managedScaling!.status, shown.managedScaling!.targetCapacity], ["ENABLED", 90]);
  assert.equal(shown.managedTerminationProtection, "ENABLED");
  const described = await ecs.describeCapacityProviders({ capacityProviders: ["workers"] });
  assert.deepEqual(described.capacityProviders, [capacityProvider]);
});

test("UpdateCapacityProvider refuses providers that are not there, or were made anew meanwhile", async () => {
  const race = meanwhile();
  await using own = await openEcs(race);
  const { ecs, clock } = own;
  const change = { managedScaling: { status: "ENABLED" as const } };
  const notFound = {
    message: "The specified capacity provider was not found. Specify a valid capacity provider and try again.",
  };
  for (const name of ["none", "FARGATE"]) {
    await assert.rejects(ecs.updateCapacityProvider({ name, autoScalingGroupProvider: change }), notFound);
  }
  await ecs.createCapacityProvider({ name: "workers", autoScalingGroupProvider });
  await assert.rejects(ecs.updateCapacityProvider({ name: "workers" }), { message: /must be specified/ });
  await assert.rejects(ecs.updateCapacityProvider({ name: "workers", managedInstancesProvider: {} as never }), {
    message: /managedInstancesProvider/,
  });
  race.during("ecs:UpdateCapacityProvider", async () => {
    await ecs.deleteCapacityProvider({ capacityProvider: "workers" });
    clock.advance(1000);
    await ecs.createCapacityProvider({ name: "workers", autoScalingGroupProvider });
  });
  await assert.rejects(ecs.updateCapacityProvider({ name: "workers", autoScalingGroupProvider: change }), notFound);
});
