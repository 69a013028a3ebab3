import assert from "node:assert/strict";
import { test } from "node:test";
import { reconcileServices } from "../services/reconcile-services.ts";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("GetTaskProtection shows protection until it expires, and what has none", async () => {
  await using own = await openPlain();
  const { ecs, context, clock } = own;
  await startFakeAgent(own);
  await ecs.createService({ serviceName: "web", taskDefinition: "plain", desiredCount: 1 });
  await reconcileServices(context);
  const { taskArns: tasks } = await ecs.listTasks({ serviceName: "web" });
  const input = { cluster: "default", tasks: tasks! };
  const none = [{ taskArn: tasks![0], protectionEnabled: false }];
  assert.deepEqual((await ecs.getTaskProtection(input)).protectedTasks, none);
  await ecs.updateTaskProtection({ ...input, protectionEnabled: true });
  const [shown] = (await ecs.getTaskProtection(input)).protectedTasks!;
  assert.equal(shown!.expirationDate!.getTime(), clock.now().getTime() + 120 * 60_000);
  clock.advance(120 * 60_000);
  assert.deepEqual((await ecs.getTaskProtection(input)).protectedTasks, none);
});

test("GetTaskProtection fails for tasks that are missing or of no service", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "plain" });
  const { failures } = await ecs.getTaskProtection({ cluster: "default", tasks: ["none", tasks![0]!.taskArn!] });
  assert.deepEqual(
    failures!.map(({ reason }) => reason),
    ["MISSING", "TASK_NOT_VALID"],
  );
  await assert.rejects(ecs.getTaskProtection({ cluster: "default" }), { message: "Tasks cannot be empty." });
  await assert.rejects(ecs.getTaskProtection({ cluster: "default", tasks: Array(101).fill("a") }), {
    message: "Tasks can have at most 100 items.",
  });
});
