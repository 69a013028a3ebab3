import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { filesUnder } from "../support/canaries.ts";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { containerOf, containersOf } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { startAgent, startSealift } from "../support/sealift.ts";
import { runForever, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";

const timeout = 480_000;
const skip = await skipUnless("docker");

test("sealift agent joins as a second machine, and tasks are placed there", { skip, timeout }, async () => {
  const docker = await connectDocker();
  await importHttpdImage(docker);
  await using sealift = await startSealift({ runtime: "docker" });
  await using data = await throwAwayData();
  const clients = clientsOf(sealift);
  const { ecs, ssm } = clients;
  await ecs.createCluster({ clusterName: "second" });
  await using agent = await startAgent(sealift, { cluster: "second", data: data.path, runtime: "docker" });
  const { containerInstanceArns } = await ecs.listContainerInstances({ cluster: "second" });
  assert.deepEqual(containerInstanceArns, [agent.containerInstanceArn]);

  await ssm.putParameter({ Name: "password", Value: "over there", Type: "SecureString" });
  const executionRoleArn = await createRole(clients, "reader", [allow(["ssm:GetParameters"])]);
  await ecs.registerTaskDefinition({
    family: "reader",
    networkMode: "awsvpc",
    executionRoleArn,
    containerDefinitions: [
      {
        name: "main",
        image: "httpd",
        memory: 64,
        command: runForever,
        secrets: [{ name: "PASSWORD", valueFrom: "password" }],
      },
    ],
  });
  const there = await runTask(ecs, { cluster: "second", taskDefinition: "reader" });
  const here = await runTask(ecs, { taskDefinition: "reader" });
  const task = await waitForTask(ecs, there, "RUNNING", "second");
  assert.equal(task.containerInstanceArn, agent.containerInstanceArn);
  await waitForTask(ecs, here, "RUNNING");
  for (const arn of [there, here]) {
    const { Config } = await docker.getContainer(await containerOf(docker, arn)).inspect();
    assert.ok(Config.Env.includes("PASSWORD=over there"));
  }
  const state = (await filesUnder(data.path)).filter((name) => name.startsWith("agent.db"));
  assert.ok(state.includes("agent.db"), state.join(" "));
  for (const name of state) assert.ok(!(await readFile(join(data.path, name))).includes("over there"), name);
  await ecs.stopTask({ cluster: "second", task: there });
  await waitForTask(ecs, there, "STOPPED", "second");
  assert.deepEqual(await containersOf(docker, there), []);
  await waitForTask(ecs, here, "RUNNING");
});
