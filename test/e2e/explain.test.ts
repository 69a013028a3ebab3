import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, clientsOf, createRole, trust } from "../support/clients.ts";
import { takePostgresCopy } from "../support/postgres-copies.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, startSealift } from "../support/sealift.ts";
import { runTask, waitForTask } from "../support/tasks.ts";

const account = "123456789012";

for (const kind of ["sqlite", "postgres"] as const) {
  const skip = kind === "postgres" && (await skipUnless("postgres"));
  test(`sealift explain says why a request, a task or a resource was denied (${kind})`, {
    skip,
    timeout: 480_000,
  }, async (t) => {
    await using resources = new AsyncDisposableStack();
    const database = kind === "postgres" ? ["--database", resources.use(await takePostgresCopy()).url] : [];
    const sealift = resources.use(
      await startSealift({ runtime: "process", flags: ["--account", account, ...database] }),
    );
    const clients = clientsOf(sealift);
    const { secretsManager, ssm, iam, ecs } = clients;
    const explain = async (subject: string) => {
      const { code, stdout, stderr } = await runSealift("explain", subject, "--data", sealift.data, ...database);
      assert.equal(code, 0, stderr);
      return stdout;
    };
    const { ARN: secret } = await secretsManager.createSecret({ Name: "db", SecretString: "value" });
    await ssm.putParameter({ Name: "db", Type: "SecureString", Value: "value" });
    await iam.createUser({ UserName: "bob" });
    const { AccessKey: key } = await iam.createAccessKey({ UserName: "bob" });
    const bob = clientsOf({
      ...sealift,
      credentials: { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! },
    });
    const missing = /DENIED {2}secretsmanager:GetSecretValue\n.*no identity-based policy allows it.*"Action"/s;

    await t.test("a denied request, by its id, with the statement that is missing", async () => {
      const denied = await bob.secretsManager.getSecretValue({ SecretId: "db" }).catch((error) => error);
      assert.equal(denied.name, "AccessDeniedException");
      const text = await explain(denied.$metadata.requestId);
      assert.match(text, missing);
      assert.ok(text.includes(denied.$metadata.requestId) && text.includes(secret!), text);
    });

    await t.test("a secret, by its ARN", async () => assert.match(await explain(secret!), missing));

    await t.test("a request that was allowed, by what was decided last", async () => {
      const { $metadata } = await secretsManager.getSecretValue({ SecretId: "db" });
      assert.match(await explain($metadata.requestId!), /It succeeded\.\nALLOWED {2}kms:Decrypt/);
    });

    const roles: readonly (readonly [what: string, service: string, expected: RegExp])[] = [
      ["may not read", "ecs-tasks.amazonaws.com", /DENIED {2}ssm:GetParameters\n.*"ssm:GetParameters"/s],
      ["does not trust ECS", "ecs.amazonaws.com", /DENIED {2}sts:AssumeRole\n.*"ecs-tasks\.amazonaws\.com"/s],
    ];
    for (const [what, service, expected] of roles) {
      await t.test(`a task whose execution role ${what}`, async () => {
        const family = service.split(".")[0]!;
        const executionRoleArn = await createRole(clients, family, [allow(["kms:Decrypt"])]);
        await iam.updateAssumeRolePolicy({ RoleName: family, PolicyDocument: trust(service) });
        const valueFrom = `arn:aws:ssm:us-east-1:${account}:parameter/db`;
        const container = { name: "main", image: "httpd", memory: 64, secrets: [{ name: "DB", valueFrom }] };
        await ecs.registerTaskDefinition({
          ...{ family, networkMode: "awsvpc", executionRoleArn },
          containerDefinitions: [container],
        });
        const task = await runTask(ecs, { taskDefinition: family });
        await waitForTask(ecs, task, "STOPPED");
        assert.match(await explain(task), expected);
      });
    }

    await t.test("nothing that is not there, and nothing that is no id", async () => {
      for (const [subject, message] of [
        ["00000000-0000-7000-8000-000000000000", /Cannot find a request with the id/],
        [`${secret}x`, /Cannot find a denial of/],
        ["db", /must be a request id, a task's ARN or a resource's ARN/],
      ] as const) {
        const { code, stdout, stderr } = await runSealift("explain", subject, "--data", sealift.data, ...database);
        assert.deepEqual([code === 0, stdout], [false, ""]);
        assert.match(stderr, message);
      }
    });
  });
}
