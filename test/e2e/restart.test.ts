import assert from "node:assert/strict";
import { test } from "node:test";
import { clientsOf } from "../support/clients.ts";
import { startSealift } from "../support/sealift.ts";
import { agentsConnected, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";

for (const signal of ["SIGKILL", "SIGTERM"] as const) {
  test(`right after a start that follows ${signal}, RunTask takes a task, and the agent comes for it`, {
    timeout: 480_000,
  }, async () => {
    await using data = await throwAwayData();
    const start = () => startSealift({ runtime: "process", data: data.path });
    const first = await start();
    const { ecs } = clientsOf(first);
    const container = { name: "main", image: "none", memory: 6, command: ["true"] };
    await ecs.registerTaskDefinition({ family: "once", containerDefinitions: [container] });
    const { containerInstanceArns = [] } = await ecs.listContainerInstances({});
    await agentsConnected(ecs, containerInstanceArns);
    await first.end(signal);
    await using second = await start();
    const again = clientsOf(second).ecs;
    const { tasks, failures } = await again.runTask({ taskDefinition: "once" });
    assert.deepEqual(failures, []);
    const [task] = tasks ?? [];
    assert.equal(task?.containerInstanceArn, containerInstanceArns[0]);
    const { containers } = await waitForTask(again, task?.taskArn ?? "", "STOPPED");
    assert.equal(containers?.[0]?.exitCode, 0);
  });
}
