import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { runSealift, startSealift } from "../support/sealift.ts";
import { until } from "../support/until.ts";

test("sealift secrets, tasks and redeploy say and mend who holds which version", { timeout: 480_000 }, async (t) => {
  await using sealift = await startSealift({ runtime: "process" });
  const clients = clientsOf(sealift);
  const { ecs, secretsManager, ssm } = clients;
  const { ARN: db = "" } = await secretsManager.createSecret({ Name: "db", SecretString: '{"user":"canary-user-5a"}' });
  await ssm.putParameter({ Name: "/app/key", Value: "canary-key-91", Type: "SecureString" });
  const executionRoleArn = await createRole(clients, "reader", [
    allow(["secretsmanager:GetSecretValue", "ssm:GetParameters"]),
  ]);
  const secrets = [
    { name: "USER", valueFrom: `${db}:user::` },
    { name: "KEY", valueFrom: "/app/key" },
  ];
  const main = { name: "main", image: "none", memory: 16, command: ["/bin/sh", "-c", "exec sleep 600"], secrets };
  await ecs.registerTaskDefinition({
    ...{ family: "web", networkMode: "host", executionRoleArn },
    containerDefinitions: [main],
  });
  await ecs.createService({ serviceName: "web", taskDefinition: "web", desiredCount: 1 });
  const run = async (...words: string[]) => runSealift(...words, "--data", sealift.data);
  const list = async (...words: string[]) => JSON.parse((await run(...words, "--json")).stdout);
  async function becomes(expected: string): Promise<void> {
    await until(`the task's secrets are ${expected}`, async () => {
      const { taskArns: tasks = [] } = await ecs.listTasks({ serviceName: "web", desiredStatus: "RUNNING" });
      if (tasks.length !== 1) return false;
      const { tasks: found } = await ecs.describeTasks({ tasks, include: ["TAGS"] });
      const held = found![0]!.tags!.filter(({ key }) => key!.startsWith("sealift:secret:"));
      return held.map(({ value }) => value!.split(" ")[1]).join(" ") === expected;
    });
  }

  await t.test("what a task holds is current, and shown with its task", async () => {
    await becomes("current current");
    const [task] = await list("tasks", "--secrets");
    assert.deepEqual([task.service, task.learntFrom, task.secrets.length], ["web", "agent", 2]);
    const lines: { name: string; services: { state: string; tasks: number }[] }[] = await list("secrets");
    assert.deepEqual(
      lines.map(({ name, services }) => [name, services[0]?.state, services[0]?.tasks]),
      [
        ["db", "current", 1],
        ["/app/key", "current", 1],
      ],
    );
  });
  await t.test("after a rotation it is stale, and nothing happens to the service by itself", async () => {
    await secretsManager.putSecretValue({ SecretId: db, SecretString: '{"user":"canary-user-6b"}' });
    await becomes("stale current");
    const { stdout, code } = await run("secrets", "--stale");
    assert.match(stdout, /^db .* stale$/m);
    assert.match(stdout, /service web .* 1 task +stale$/m);
    assert.equal(code, 1);
    const tasks = await run("tasks", "--secrets");
    assert.match(tasks.stdout, /secret:db-\w{6} +\S+ +main +stale$/m);
    assert.equal((stdout + tasks.stdout).includes("canary"), false);
  });
  await t.test("redeploy mends it, and refuses what it cannot do", async () => {
    assert.deepEqual(await run("redeploy", "--stale"), { code: 0, stdout: "web\n", stderr: "" });
    await becomes("current current");
    const none = await run("redeploy", "--using", "nothing");
    assert.deepEqual([none.code, none.stderr], [2, 'sealift: Cannot find a service that uses "nothing"\n']);
    assert.equal((await run("redeploy", "--using", "/app/key")).stdout, "web\n");
  });
});
