import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { httpdFiles } from "../support/images.ts";
import { openPrivateRegistry } from "../support/private-registry.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { networkConfiguration, runForever, runTask, waitForTask } from "../support/tasks.ts";

const skip = await skipUnless("docker");

test("an image of a private registry runs, for the execution role that may read its credentials", {
  skip,
  timeout: 480_000,
}, async (t) => {
  const login = { username: "robot$deploy", password: 'pässword:"with\\everything"' };
  await using registry = await openPrivateRegistry(login, await httpdFiles(), { Env: ["PATH=/bin"] });
  await using sealift = await startSealift({ runtime: "docker" });
  const docker = await connectDocker();
  t.after(() => docker.getImage(registry.image).remove({ force: true }));
  const clients = clientsOf(sealift);
  const { ecs, secretsManager } = clients;
  const { ARN } = await secretsManager.createSecret({ Name: "login", SecretString: JSON.stringify(login) });
  const wrong = JSON.stringify({ ...login, password: "wrong" });
  await secretsManager.createSecret({ Name: "wrong", SecretString: wrong });
  const reader = await createRole(clients, "reader", [allow(["secretsmanager:GetSecretValue"])]);
  const stranger = await createRole(clients, "stranger", []);

  async function run(family: string, executionRoleArn: string, credentialsParameter: string): Promise<string> {
    const main = { name: "main", image: registry.image, memory: 64, command: runForever };
    const containerDefinitions = [{ ...main, repositoryCredentials: { credentialsParameter } }];
    await ecs.registerTaskDefinition({ family, networkMode: "awsvpc", executionRoleArn, containerDefinitions });
    return runTask(ecs, { taskDefinition: family, networkConfiguration });
  }

  await t.test("not with a wrong password", async () => {
    const task = await waitForTask(ecs, await run("wrong", reader, "wrong"), "STOPPED");
    const [main] = task.containers ?? [];
    assert.match(
      main?.reason ?? "",
      /^CannotPullContainerError: .*(no basic auth|authentication required|unauthorized)/i,
    );
    assert.ok(!JSON.stringify(task).includes(login.username));
  });
  await t.test("not with a role that may not read the secret", async () => {
    const task = await waitForTask(ecs, await run("denied", stranger, ARN!), "STOPPED");
    assert.match(
      task.stoppedReason ?? "",
      /^Asm fetching secret from the service for arn:\S+: .* AccessDeniedException: User: .*\/stranger\/.* is not authorized/,
    );
  });
  await t.test("by the secret's ARN, and by its name", async () => {
    const byArn = await run("by-arn", reader, ARN!);
    const task = await waitForTask(ecs, byArn, "RUNNING");
    assert.match(task.containers?.[0]?.imageDigest ?? "", /^sha256:/);
    assert.ok(registry.shown.size > 1);
    await docker.getImage(registry.image).remove({ force: true });
    await waitForTask(ecs, await run("by-name", reader, "login"), "RUNNING");
  });
});
