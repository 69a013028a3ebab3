import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tag } from "@aws-sdk/client-ecs";
import { openEcs } from "../test-support.fixture.ts";

test("whatever is made with tags refuses those that are AWS's or come twice", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const containerDefinitions = [{ name: "app", image: "app", memory: 64 }];
  await ecs.registerTaskDefinition({ family: "web", containerDefinitions });
  const make: Readonly<Record<string, (tags: Tag[]) => Promise<unknown>>> = {
    CreateCluster: (tags) => ecs.createCluster({ clusterName: "other", tags }),
    CreateCapacityProvider: (tags) => {
      const autoScalingGroupProvider = { autoScalingGroupArn: "web" };
      return ecs.createCapacityProvider({ name: "web", autoScalingGroupProvider, tags });
    },
    CreateService: (tags) => ecs.createService({ serviceName: "web", taskDefinition: "web", desiredCount: 0, tags }),
    RegisterContainerInstance: (tags) => ecs.registerContainerInstance({ totalResources: [], tags }),
    RegisterTaskDefinition: (tags) => ecs.registerTaskDefinition({ family: "web", containerDefinitions, tags }),
    RunTask: (tags) => ecs.runTask({ taskDefinition: "web", tags }),
    StartTask: (tags) => ecs.startTask({ taskDefinition: "web", containerInstances: ["0".repeat(32)], tags }),
  };
  for (const [operation, call] of Object.entries(make)) {
    for (const [tags, message] of [
      [[{ key: "AWS:x", value: "1" }], /^Tag keys that start with 'aws:' are reserved/],
      [
        [
          { key: "x", value: "1" },
          { key: "x", value: "2" },
        ],
        /^Duplicate tag keys found/,
      ],
    ] as const) {
      await assert.rejects(call([...tags]), { name: "InvalidParameterException", message }, operation);
    }
  }
});
