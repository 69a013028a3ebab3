import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("SubmitContainerStateChange stores what the agent says of one container", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "plain" });
  const task = tasks![0]!.taskArn!;
  const networkBindings = [{ bindIP: "0.0.0.0", containerPort: 80, hostPort: 8080, protocol: "tcp" as const }];
  await ecs.submitContainerStateChange({ task, containerName: "app", status: "RUNNING", networkBindings });
  const [described] = (await ecs.describeTasks({ tasks: [task] })).tasks!;
  assert.equal(described!.containers![0]!.lastStatus, "RUNNING");
  assert.deepEqual(described!.containers![0]!.networkBindings, networkBindings);
  await ecs.submitContainerStateChange({ task, containerName: "app", status: "STOPPED", exitCode: 3 });
  const [after] = (await ecs.describeTasks({ tasks: [task] })).tasks!;
  assert.deepEqual([after!.desiredStatus, after!.containers![0]!.exitCode], ["STOPPED", 3]);
});

test("SubmitContainerStateChange refuses a task that is not there", async () => {
  await using own = await openPlain();
  await assert.rejects(own.ecs.submitContainerStateChange({ task: "none", containerName: "app" }), {
    name: "InvalidParameterException",
    message: "The referenced task was not found.",
  });
});
