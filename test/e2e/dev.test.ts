import assert from "node:assert/strict";
import { type IncomingMessage, request } from "node:http";
import { test } from "node:test";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { containersOf } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { networkConfiguration, registerSleeper, runTask, waitForTask } from "../support/tasks.ts";
import { until } from "../support/until.ts";

const timeout = 480_000;
const testKey = { accessKeyId: "test", secretAccessKey: "test" };
const skip = await skipUnless("docker");

test("sealift up --dev takes test/test as root, and a reset empties everything", { skip, timeout }, async () => {
  await using sealift = await startSealift({ runtime: "docker", flags: ["--dev"] });
  assert.match(sealift.stderr(), /^Warning: with --dev everybody on this machine is root/m);
  const docker = await connectDocker();
  await importHttpdImage(docker);
  const clients = clientsOf({ ...sealift, credentials: testKey });
  const { ssm, secretsManager, iam, ecs, sts } = clients;
  assert.match((await sts.getCallerIdentity({})).Arn ?? "", /^arn:aws:iam::\d{12}:root$/);
  await ssm.putParameter({ Name: "kept", Value: "value", Type: "SecureString" });
  await secretsManager.createSecret({ Name: "kept", SecretString: "value" });
  await createRole(clients, "kept", [allow(["ssm:GetParameters"])]);
  await registerSleeper(clients.ecs);
  await ecs.createService({
    serviceName: "sleepers",
    taskDefinition: "sleeper",
    desiredCount: 2,
    networkConfiguration,
  });
  const single = await runTask(ecs, { taskDefinition: "sleeper" });
  await waitForTask(ecs, single, "RUNNING");
  const tasks = await until("the service runs its tasks", async () => {
    const { taskArns = [] } = await ecs.listTasks({ desiredStatus: "RUNNING" });
    return taskArns.length === 3 && taskArns;
  });
  for (const task of tasks) await waitForTask(ecs, task, "RUNNING");

  const answer = await fetch(`${sealift.endpoint}/_sealift/reset`, { method: "POST" });
  assert.equal(answer.status, 200, await answer.text());
  for (const task of tasks) assert.deepEqual(await containersOf(docker, task), []);
  assert.deepEqual((await ssm.describeParameters({})).Parameters ?? [], []);
  assert.deepEqual((await secretsManager.listSecrets({})).SecretList ?? [], []);
  const { Roles } = await iam.listRoles({});
  assert.ok(!Roles?.some(({ RoleName }) => RoleName === "kept"));
  assert.deepEqual((await ecs.listTasks({})).taskArns ?? [], []);
  assert.deepEqual((await ecs.listServices({})).serviceArns ?? [], []);
  assert.deepEqual((await ecs.listTaskDefinitions({})).taskDefinitionArns ?? [], []);

  await registerSleeper(clients.ecs);
  const again = await runTask(ecs, { taskDefinition: "sleeper" });
  await waitForTask(ecs, again, "RUNNING");
});

test("sealift up --dev lets no web page use test/test or the reset", { timeout }, async () => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--dev"] });
  const { port } = new URL(sealift.endpoint);
  const ssm = clientsOf({ ...sealift, credentials: testKey }).ssm;
  await ssm.putParameter({ Name: "kept", Value: "value", Type: "String" });
  for (const headers of [{ origin: "http://evil.example" }, { host: `evil.example:${port}` }]) {
    const path = "/_sealift/reset";
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ port, host: "127.0.0.1", path, method: "POST", headers }, resolve).on("error", reject).end();
    });
    answer.resume();
    assert.equal(answer.statusCode, 403);
    const page = clientsOf({ ...sealift, credentials: testKey }).ssm;
    page.middlewareStack.add(
      (next) => (call) => {
        Object.assign((call.request as { headers: object }).headers, headers);
        return next(call);
      },
      { step: "build", priority: "low" },
    );
    await assert.rejects(page.getParameter({ Name: "kept" }), { name: "UnrecognizedClientException" });
  }
  assert.equal((await ssm.getParameter({ Name: "kept" })).Parameter?.Value, "value");
});

test("sealift up without --dev has neither test/test nor a reset", { timeout }, async () => {
  await using sealift = await startSealift({ runtime: "process" });
  const strangers = clientsOf({ ...sealift, credentials: testKey });
  await assert.rejects(strangers.ssm.describeParameters({}), { name: "UnrecognizedClientException" });
  await assert.rejects(strangers.sts.getCallerIdentity({}), { name: /InvalidClientTokenId/ });
  const answer = await fetch(`${sealift.endpoint}/_sealift/reset`, { method: "POST" });
  assert.equal(answer.status, 404);
});
