import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { type TestContext, test } from "node:test";
import { waitUntilServicesStable } from "@aws-sdk/client-ecs";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { takePostgresCopy } from "../support/postgres-copies.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { openSplunkCollector } from "../support/splunk-collector.ts";
import { networkConfiguration, runTask, waitForTask } from "../support/tasks.ts";
import { until } from "../support/until.ts";

const account = "123456789012";
const name = "awsExampleParameter";
const parameterArn = `arn:aws:ssm:us-east-1:${account}:parameter/${name}`;
const secretArn = `arn:aws:secretsmanager:us-east-1:${account}:secret:${name}`;

test("a secret's journey into a local process", { timeout: 480_000 }, (t) => journey(t, []));

const skip = await skipUnless("postgres");
test("a secret's journey into a local process, stored in PostgreSQL", { timeout: 480_000, skip }, async (t) => {
  await using database = await takePostgresCopy();
  await journey(t, ["--database", database.url]);
});

async function journey(t: TestContext, flags: readonly string[]): Promise<void> {
  // Processes are found by these values, and another run of this test may be under way on the machine.
  const run = randomBytes(4).toString("hex");
  const password = { first: `first-password-${run}`, second: `second-password-${run}` };
  const token = { first: `first-token-${run}`, second: `second-token-${run}` };
  await using collector = await openSplunkCollector();
  await using sealift = await startSealift({ runtime: "process", flags: ["--account", account, ...flags] });
  const clients = clientsOf(sealift);
  const { ssm, secretsManager, iam, ecs } = clients;

  await t.test("the stores, the role and the task definition are made", async () => {
    await ssm.putParameter({ Name: name, Value: password.first, Type: "SecureString" });
    await secretsManager.createSecret({ Name: name, SecretString: token.first });
    const read = allow(["ssm:GetParameters", "secretsmanager:GetSecretValue"], [parameterArn, `${secretArn}*`]);
    const executionRoleArn = await createRole(clients, "reader", [read]);
    await ecs.registerTaskDefinition({
      family: "web",
      networkMode: "awsvpc",
      executionRoleArn,
      containerDefinitions: [
        {
          name: "web",
          image: "httpd",
          memory: 128,
          command: ["/bin/sh", "-c", "env; exec sleep 600"],
          logConfiguration: {
            logDriver: "splunk",
            options: { "splunk-url": collector.url },
            secretOptions: [{ name: "splunk-token", valueFrom: secretArn }],
          },
          secrets: [{ name: "DATABASE_PASSWORD", valueFrom: parameterArn }],
        },
      ],
    });
  });

  await t.test("RunTask gives the process the password and its log driver the token", async () => {
    const task = await runTask(ecs, { taskDefinition: "web" });
    await waitForTask(ecs, task, "RUNNING");
    const event = await collector.wait(`DATABASE_PASSWORD=${password.first}`);
    assert.equal(event.authorization, `Splunk ${token.first}`);
    const described = JSON.stringify([
      await ecs.describeTasks({ tasks: [task] }),
      await ecs.describeTaskDefinition({ taskDefinition: "web" }),
    ]);
    assert.ok(described.includes(parameterArn));
    for (const value of [password.first, token.first]) assert.ok(!described.includes(value));
    await ecs.stopTask({ task });
    const stopped = await waitForTask(ecs, task, "STOPPED");
    assert.equal(stopped.stopCode, "UserInitiated");
    assert.deepEqual(await processesWith(password.first), []);
  });

  await t.test("UpdateService with forceNewDeployment replaces the process after a rotation", async () => {
    const patience = { client: ecs, minDelay: 0.05, maxDelay: 0.2, maxWaitTime: 60 };
    await ecs.createService({ serviceName: "web", taskDefinition: "web", desiredCount: 1, networkConfiguration });
    await waitUntilServicesStable(patience, { cluster: "default", services: ["web"] });
    assert.equal((await processesWith(password.first)).length, 1);
    await ssm.putParameter({ Name: name, Value: password.second, Overwrite: true });
    await secretsManager.putSecretValue({ SecretId: name, SecretString: token.second });
    assert.equal((await processesWith(password.first)).length, 1, "what runs keeps what it has");
    await ecs.updateService({ service: "web", forceNewDeployment: true });
    const event = await collector.wait(`DATABASE_PASSWORD=${password.second}`);
    assert.equal(event.authorization, `Splunk ${token.second}`);
    await waitUntilServicesStable(patience, { cluster: "default", services: ["web"] });
    await until("the old process is gone", async () => (await processesWith(password.first)).length === 0);
    assert.equal((await processesWith(password.second)).length, 1);
  });

  await t.test("a role without permission stops the task with AWS's reason", async () => {
    await iam.deleteRolePolicy({ RoleName: "reader", PolicyName: "inline" });
    const before = await processesWith(password.second);
    const task = await runTask(ecs, { taskDefinition: "web" });
    const { stopCode, stoppedReason } = await waitForTask(ecs, task, "STOPPED");
    assert.equal(stopCode, "TaskFailedToStart");
    assert.match(
      stoppedReason ?? "",
      /AccessDeniedException: .*assumed-role\/reader\/.*no identity-based policy allows/,
    );
    assert.deepEqual(await processesWith(password.second), before, "nothing was started");
  });

  await t.test("SIGTERM ends the processes too", async () => {
    assert.equal(await sealift.end("SIGTERM"), 0);
    assert.deepEqual(await processesWith(password.second), []);
  });
}

/** Ids of this machine's processes whose DATABASE_PASSWORD is `value`. */
async function processesWith(value: string): Promise<readonly string[]> {
  const ids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const environments = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/environ`, "utf8").catch(() => "")), // gone meanwhile
  );
  return ids.filter((_, index) => environments[index]!.split("\0").includes(`DATABASE_PASSWORD=${value}`));
}
