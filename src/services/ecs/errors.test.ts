import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "./test-support.fixture.ts";

test("lists that are too long are refused before anyone is asked or anything is read", async () => {
  const asked: string[] = [];
  await using own = await openEcs({ authorize: async (_call, { action }) => void asked.push(action) });
  const { ecs } = own;
  const references = (count: number) => Array.from({ length: count }, (_, index) => `r${index}:1`);
  const attributes = references(11).map((name) => ({ name, targetId: "i" }));
  const calls = [
    ecs.describeTasks({ tasks: references(101) }),
    ecs.describeServices({ services: references(11) }),
    ecs.describeClusters({ clusters: references(101) }),
    ecs.describeContainerInstances({ containerInstances: references(101) }),
    ecs.updateContainerInstancesState({ containerInstances: references(11), status: "ACTIVE" }),
    ecs.putAttributes({ attributes }),
    ecs.deleteTaskDefinitions({ taskDefinitions: references(11) }),
  ];
  for (const call of calls) await assert.rejects(call, /can have at most|cannot exceed 10/);
  assert.deepEqual(asked, []);
});
