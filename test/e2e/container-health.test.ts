import assert from "node:assert/strict";
import { test } from "node:test";
import { clientsOf } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { networkConfiguration, runForever, runTask, waitForTask } from "../support/tasks.ts";
import { until } from "../support/until.ts";

const skip = await skipUnless("docker");

for (const runtime of ["docker", "process"] as const) {
  test(`a container waits for a healthy one, and a service replaces an unhealthy task (${runtime})`, {
    skip: runtime === "docker" && skip,
    timeout: 480_000,
  }, async () => {
    if (runtime === "docker") await importHttpdImage(await connectDocker());
    await using sealift = await startSealift({ runtime });
    const { ecs } = clientsOf(sealift);
    const container = { image: "httpd", memory: 64, command: runForever };
    const check = (command: string, retries: number) => ({
      healthCheck: { command: ["CMD-SHELL", command], interval: 5, timeout: 4, retries },
    });
    await ecs.registerTaskDefinition({
      family: "pair",
      networkMode: "awsvpc",
      containerDefinitions: [
        { ...container, name: "db", ...check("true", 3) },
        { ...container, name: "app", dependsOn: [{ containerName: "db", condition: "HEALTHY" }] },
      ],
    });
    const task = await waitForTask(ecs, await runTask(ecs, { taskDefinition: "pair" }), "RUNNING");
    assert.deepEqual(
      [task.healthStatus, ...task.containers!.map(({ name, healthStatus }) => `${name} ${healthStatus}`)],
      ["HEALTHY", "db HEALTHY", "app UNKNOWN"],
    );

    await ecs.registerTaskDefinition({
      family: "ill",
      networkMode: "awsvpc",
      containerDefinitions: [{ ...container, name: "main", ...check("exit 1", 1) }],
    });
    const configuration = { maximumPercent: 100, minimumHealthyPercent: 0 };
    await ecs.createService({
      ...{ serviceName: "ill", taskDefinition: "ill", desiredCount: 1, networkConfiguration },
      deploymentConfiguration: configuration,
    });
    const taskArn = await until("the service has a task", async () => {
      const { taskArns } = await ecs.listTasks({ serviceName: "ill" });
      return taskArns?.[0];
    });
    const stopped = await waitForTask(ecs, taskArn, "STOPPED");
    assert.deepEqual(
      [stopped.healthStatus, stopped.stopCode, stopped.stoppedReason],
      ["UNHEALTHY", "ServiceSchedulerInitiated", "Task failed container health checks"],
    );
    const { services } = await ecs.describeServices({ services: ["ill"] });
    assert.ok(services![0]!.events!.some(({ message }) => message!.endsWith(") failed container health checks.")));
    await ecs.deleteService({ service: "ill", force: true });
  });
}
