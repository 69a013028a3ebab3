import assert from "node:assert/strict";
import { test } from "node:test";
import { clientsOf, createRole } from "../support/clients.ts";
import { containerOf, inspectedEnvironment } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { openObjectStore } from "../support/object-store.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { networkConfiguration, runForever, runTask, waitForTask } from "../support/tasks.ts";

const skip = await skipUnless("docker");

test("environment files come from S3 as the execution role, and lose to all that the definition sets", {
  skip,
  timeout: 480_000,
}, async (t) => {
  await using store = await openObjectStore({
    region: "eu-central-1",
    objects: {
      "/config/base.env": '# the team\'s\nLEVEL=info\nQUOTED="as it is"\nexport NO=shell\nNAME=file\n',
      "/config/env/app%20one.env": "LEVEL=debug\nSECOND=2\r\n",
    },
  });
  await using sealift = await startSealift({ runtime: "docker", flags: ["--s3-endpoint", store.endpoint] });
  const docker = await connectDocker();
  await importHttpdImage(docker);
  const clients = clientsOf(sealift);
  const { ecs } = clients;
  const executionRoleArn = await createRole(clients, "reader", []);

  async function run(family: string, ...keys: readonly string[]): Promise<string> {
    const main = {
      ...{ name: "main", image: "httpd", memory: 64, command: runForever },
      environment: [{ name: "NAME", value: "definition" }],
      environmentFiles: keys.map((key) => ({ value: `arn:aws:s3:::config/${key}`, type: "s3" as const })),
    };
    await ecs.registerTaskDefinition({ family, networkMode: "awsvpc", executionRoleArn, containerDefinitions: [main] });
    return runTask(ecs, { taskDefinition: family, networkConfiguration });
  }

  await t.test("into the container's environment", async () => {
    const task = await run("files", "base.env", "env/app one.env");
    await waitForTask(ecs, task, "RUNNING");
    const environment = await inspectedEnvironment(docker, await containerOf(docker, task));
    const { LEVEL, QUOTED, NAME, SECOND } = environment;
    assert.deepEqual([LEVEL, QUOTED, NAME, SECOND], ["info", '"as it is"', "definition", "2"]);
    assert.equal(environment["export NO"], "shell");
    // The second request of each file is signed for the Region that the store named.
    assert.match(store.shown.at(-1)?.authorization ?? "", /Credential=ASIA\w+\/\d+\/eu-central-1\/s3\/aws4_request/);
    assert.ok(store.shown.every(({ token }) => token.length > 100));
  });
  await t.test("a missing one stops the task and says which", async () => {
    const task = await waitForTask(ecs, await run("missing", "base.env", "none.env"), "STOPPED");
    assert.equal(
      task.stoppedReason,
      "Unable to download env file with key none.env from bucket config, error: operation error S3: GetObject, https response error StatusCode: 404, RequestID: request-1, HostID: host-1, NoSuchKey: The specified key does not exist.",
    );
  });
});
