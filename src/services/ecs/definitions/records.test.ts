import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { openEcs } from "../test-support.fixture.ts";

test("task definitions are sealed in the database", async () => {
  const [sqlite] = databases();
  const database = await sqlite!.open();
  await using own = await openEcs({ database });
  await own.ecs.registerTaskDefinition({
    family: "web",
    containerDefinitions: [
      { name: "app", image: "nginx", memory: 64, environment: [{ name: "PASSWORD", value: "hunter2\n" }] },
    ],
  });
  const rows = await database.db.selectFrom("ecs_task_definitions").selectAll().execute();
  assert.equal(Buffer.from(rows[0]!.document).includes("hunter2"), false);
  const { taskDefinition } = await own.ecs.describeTaskDefinition({ taskDefinition: "web:1" });
  assert.equal(taskDefinition!.containerDefinitions![0]!.environment![0]!.value, "hunter2\n");
});
