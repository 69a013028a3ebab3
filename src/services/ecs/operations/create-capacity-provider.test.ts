import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

const group = (name: string) =>
  `arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:0ab1:autoScalingGroupName/${name}`;

test("CreateCapacityProvider makes a provider of an Auto Scaling group, with AWS's defaults", async () => {
  await using own = await openEcs();
  const { capacityProvider } = await own.ecs.createCapacityProvider({
    name: "workers",
    autoScalingGroupProvider: { autoScalingGroupArn: group("workers"), managedScaling: { status: "ENABLED" } },
    tags: [{ key: "k", value: "v" }],
  });
  assert.deepEqual(capacityProvider, {
    capacityProviderArn: "arn:aws:ecs:us-east-1:111122223333:capacity-provider/workers",
    name: "workers",
    status: "ACTIVE",
    type: "EC2_AUTOSCALING",
    autoScalingGroupProvider: {
      autoScalingGroupArn: group("workers"),
      managedScaling: {
        status: "ENABLED",
        targetCapacity: 100,
        minimumScalingStepSize: 1,
        maximumScalingStepSize: 10000,
        instanceWarmupPeriod: 300,
      },
      managedTerminationProtection: "DISABLED",
      managedDraining: "ENABLED",
    },
    tags: [{ key: "k", value: "v" }],
  });
});

test("CreateCapacityProvider refuses what AWS refuses, in its words", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCapacityProvider({ name: "there", autoScalingGroupProvider: { autoScalingGroupArn: group("one") } });
  const given = { name: "new", autoScalingGroupProvider: { autoScalingGroupArn: group("two") } };
  const cases = [
    [{ name: "there" }, /^The specified capacity provider already exists\. To change the configuration/],
    [{ autoScalingGroupProvider: { autoScalingGroupArn: group("one") } }, /is already being used by another capacity/],
    [{ name: "aws-workers" }, /^The specified capacity provider name is invalid\. Up to 255 characters are allowed/],
    [{ name: "Fargate_2" }, /^The specified capacity provider name is invalid/],
    [{ name: "a b" }, /^The specified capacity provider name is invalid/],
    [{ autoScalingGroupProvider: { autoScalingGroupArn: "arn:aws:ecs:x:y:z" } }, /Auto Scaling group ARN is invalid/],
    [{ autoScalingGroupProvider: undefined }, /autoScalingGroupProvider of a capacity provider must be specified/],
    [{ managedInstancesProvider: {} }, /managedInstancesProvider/],
    [{ cluster: "default" }, /^cluster is for capacity providers with managedInstancesProvider/],
    [{ tags: [{ key: "aws:x", value: "" }] }, /reserved/],
    [
      {
        autoScalingGroupProvider: {
          autoScalingGroupArn: group("two"),
          managedScaling: { minimumScalingStepSize: 5, maximumScalingStepSize: 4 },
        },
      },
      /^The minimum or maximum scaling step size value is invalid/,
    ],
    [
      { autoScalingGroupProvider: { autoScalingGroupArn: group("two"), managedTerminationProtection: "ENABLED" } },
      /^The managed termination protection setting for the capacity provider is invalid/,
    ],
    [
      { autoScalingGroupProvider: { autoScalingGroupArn: group("two"), managedScaling: { targetCapacity: 101 } } },
      /targetCapacity/,
    ],
  ] as const;
  for (const [input, message] of cases) {
    await assert.rejects(ecs.createCapacityProvider(structuredClone({ ...given, ...input }) as typeof given), {
      message,
    });
  }
});
