import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { runSealift, startSealift } from "../support/sealift.ts";
import { networkConfiguration, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

/** A reason without what differs from one task and request to the next. */
function comparable(reason: string): string {
  return reason
    .replace(/assumed-role\/([^/]+)\/[0-9a-f]{32}/g, "assumed-role/$1/<task-id>")
    .replace(/(Request ?ID: )[0-9a-f-]{36}/gi, "$1<request-id>");
}

test("a task stops with the words that sealift check predicts", { timeout: 240_000 }, async (t) => {
  await using files = await throwAwayDirectory();
  await using sealift = await startSealift({ runtime: "process" });
  const clients = clientsOf(sealift);
  const { secretsManager, ssm, kms, ecs } = clients;
  const make = async (Name: string, SecretString: string, KmsKeyId?: string) =>
    (await secretsManager.createSecret({ Name, SecretString, ...(KmsKeyId && { KmsKeyId }) })).ARN ?? "";
  const { KeyMetadata: key } = await kms.createKey({});
  const db = await make("db", '{"user":"u"}');
  const under = await make("under", "x", key?.Arn);
  const gone = await make("gone", "x");
  await secretsManager.deleteSecret({ SecretId: gone });
  await kms.disableKey({ KeyId: key?.Arn ?? "" });
  await ssm.putParameter({ Name: "/app/url", Type: "SecureString", Value: "v" });
  const all = allow(["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt"]);
  const good = await createRole(clients, "good", [all]);
  const nothing = await createRole(clients, "nothing", []);
  const foreign = await createRole(clients, "foreign", [all], "ec2.amazonaws.com");

  const cases: Readonly<Record<string, readonly [role: string, ...valuesFrom: string[]]>> = {
    "a secret that is not there": [good, db.replace("db", "no")],
    "two secrets that cannot be read": [good, gone, `${db}:password::`],
    "a version that is not there": [good, `${db}::AWSPREVIOUS:`],
    "a key that is disabled": [good, under],
    "an ARN with too few parts": [good, `${db}:user`],
    "parameters that are not there": [good, "/app/url", "/app/none", "/app/neither"],
    "a secret that may not be read": [nothing, db],
    "a parameter that may not be read": [nothing, "/app/url"],
    "a role that ECS may not assume": [foreign, db],
  };
  for (const [index, [name, [executionRoleArn, ...valuesFrom]]] of Object.entries(cases).entries()) {
    await t.test(name, async () => {
      const definition = {
        family: `predicted-${index}`,
        networkMode: "awsvpc" as const,
        executionRoleArn,
        containerDefinitions: [
          {
            name: "main",
            image: "httpd",
            memory: 64,
            secrets: valuesFrom.map((valueFrom, number) => ({ name: `S${number}`, valueFrom })),
          },
        ],
      };
      const file = join(files.path, `${definition.family}.json`);
      await writeFile(file, JSON.stringify(definition));
      const { code, stdout, stderr } = await runSealift("check", file, "--json", "--values", "--data", sealift.data);
      assert.equal(code, 1, stderr);
      const [{ prediction }] = JSON.parse(stdout).definitions;
      await ecs.registerTaskDefinition(definition);
      const arn = await runTask(ecs, { taskDefinition: definition.family, networkConfiguration });
      const { stoppedReason = "" } = await waitForTask(ecs, arn, "STOPPED");
      assert.deepEqual(prediction, { when: "start", words: comparable(stoppedReason) });
    });
  }
});
