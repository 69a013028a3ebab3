import assert from "node:assert/strict";
import { test } from "node:test";
import { network, openEcs, startFakeAgent, webDefinition } from "../test-support.fixture.ts";

const strategy = [{ capacityProvider: "FARGATE", weight: 1, base: 0 }];
const input = { cluster: "default", capacityProviders: ["FARGATE"], defaultCapacityProviderStrategy: strategy };
const autoScalingGroupProvider = { autoScalingGroupArn: "workers" };

test("PutClusterCapacityProviders replaces the providers and the default strategy, with its defaults", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const { cluster } = await ecs.putClusterCapacityProviders({
    ...input,
    defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
  });
  assert.deepEqual(cluster!.capacityProviders, ["FARGATE"]);
  const updated = await ecs.updateCluster({ cluster: "default" });
  assert.deepEqual(updated.cluster!.defaultCapacityProviderStrategy, strategy);
});

test("PutClusterCapacityProviders refuses providers and strategies as AWS does, in its words", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.createCapacityProvider({ name: "workers", autoScalingGroupProvider });
  const both = ["FARGATE", "FARGATE_SPOT", "workers"];
  const cases = [
    [
      ["mine"],
      [],
      /^The specified capacity provider was not found\. Specify a valid capacity provider and try again\.$/,
    ],
    [["FARGATE"], [{ capacityProvider: "FARGATE_SPOT" }], /cannot contain a capacity provider that is not associated/],
    [
      both,
      [
        { capacityProvider: "FARGATE", weight: 1 },
        { capacityProvider: "workers", weight: 1 },
      ],
      /^A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate/,
    ],
    [
      both,
      [
        { capacityProvider: "FARGATE", base: 1 },
        { capacityProvider: "FARGATE_SPOT", base: 1 },
      ],
      /contains multiple capacity providers with a base value defined/,
    ],
    [both, [{ capacityProvider: "FARGATE", weight: 1001 }], /1000/],
    [both, [{ capacityProvider: "FARGATE" }, { capacityProvider: "FARGATE" }], /more than once/],
  ] as const;
  for (const [capacityProviders, defaultCapacityProviderStrategy, message] of cases) {
    await assert.rejects(
      ecs.putClusterCapacityProviders(
        structuredClone({ cluster: "default", capacityProviders, defaultCapacityProviderStrategy }) as never,
      ),
      { name: "InvalidParameterException", message },
    );
  }
});

test("PutClusterCapacityProviders keeps providers that tasks and services use", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({ capacityProviders: ["FARGATE", "FARGATE_SPOT"] });
  await ecs.registerTaskDefinition(webDefinition());
  const agent = await startFakeAgent(own);
  const spot = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
  const run = { taskDefinition: "web", networkConfiguration: network, capacityProviderStrategy: spot };
  const { tasks } = await ecs.runTask(run);
  const inUse = {
    name: "ResourceInUseException",
    message: "The specified capacity provider is in use and cannot be removed.",
  };
  await assert.rejects(ecs.putClusterCapacityProviders(input), inUse);
  await ecs.stopTask({ task: tasks![0]!.taskArn! });
  await agent.obey();
  await ecs.createService({ ...run, serviceName: "web", desiredCount: 0 });
  await assert.rejects(ecs.putClusterCapacityProviders(input), inUse);
  await ecs.deleteService({ service: "web" });
});
