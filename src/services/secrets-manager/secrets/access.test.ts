import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  TagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { assertRefused, testSecrets, token } from "../secrets-manager.fixture.ts";

const prefix = "arn:aws:secretsmanager:us-east-1:111122223333:secret:";

testSecrets("access is asked on the full ARN of a secret, however it is named", async ({ client, asked }) => {
  const { ARN = "" } = await client.send(
    new CreateSecretCommand({ Name: "db", SecretString: "a", Tags: [{ Key: "team", Value: "orders" }] }),
  );
  for (const SecretId of ["db", ARN, ARN.slice(0, -7)]) {
    await client.send(new GetSecretValueCommand({ SecretId }));
    assert.deepEqual(asked.at(-1), {
      action: "secretsmanager:GetSecretValue",
      resource: ARN,
      resourceAccount: "111122223333",
      conditions: {
        "secretsmanager:SecretId": ARN,
        "secretsmanager:SecretPrimaryRegion": "us-east-1",
        "secretsmanager:ResourceTag/team": "orders",
        "aws:ResourceTag/team": "orders",
      },
    });
  }
});

testSecrets("access carries what the request says", async ({ client, asked }) => {
  const Tags = [{ Key: "team", Value: "orders" }];
  await client.send(new CreateSecretCommand({ Name: "db", Description: "text", SecretString: "a", Tags }));
  const created = asked.splice(0);
  assert.deepEqual(
    created.map(({ action, resource }) => [action, resource]),
    [
      ["secretsmanager:CreateSecret", `${prefix}db`],
      ["secretsmanager:TagResource", `${prefix}db`],
    ],
  );
  assert.deepEqual(created[0]?.conditions, {
    "secretsmanager:Name": "db",
    "secretsmanager:Description": "text",
    "aws:RequestTag/team": "orders",
    "aws:TagKeys": ["team"],
    "aws:ResourceTag/team": "orders",
    "secretsmanager:ResourceTag/team": "orders",
  });
  const put = { SecretId: "db", SecretString: "b", ClientRequestToken: token("b"), VersionStages: ["x"] };
  await client.send(new PutSecretValueCommand(put));
  await client.send(new GetSecretValueCommand({ SecretId: "db", VersionStage: "x" }));
  assert.deepEqual(asked.at(-1)?.conditions?.["secretsmanager:VersionStage"], "x");
  await client.send(new GetSecretValueCommand({ SecretId: "db", VersionId: token("b") }));
  const read = asked.at(-1)?.conditions ?? {};
  assert.deepEqual([read["secretsmanager:VersionId"], "secretsmanager:VersionStage" in read], [token("b"), false]);
  await client.send(new TagResourceCommand({ SecretId: "db", Tags }));
  assert.deepEqual(asked.at(-1)?.conditions?.["aws:TagKeys"], ["team"]);
  await client.send(new DeleteSecretCommand({ SecretId: "db", ForceDeleteWithoutRecovery: true }));
  assert.equal(asked.at(-1)?.conditions?.["secretsmanager:ForceDeleteWithoutRecovery"], "true");
  await client.send(new ListSecretsCommand({}));
  assert.deepEqual(asked.at(-1), { action: "secretsmanager:ListSecrets", resource: "*" });
});

testSecrets(
  "a caller without permission cannot tell a secret that exists from one that does not",
  async ({ client, state }) => {
    const { ARN = "" } = await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
    state.deny = ({ resource }) => `no: ${resource}`;
    const cases: [secretId: string, resource: string][] = [
      ["db", ARN],
      ["missing", `${prefix}missing`],
      [`${prefix}missing-AbCdEf`, `${prefix}missing-AbCdEf`],
    ];
    for (const [SecretId, resource] of cases) {
      for (const command of [
        new GetSecretValueCommand({ SecretId }),
        new DescribeSecretCommand({ SecretId }),
        new DeleteSecretCommand({ SecretId }),
      ]) {
        const answer = client.send(command as DescribeSecretCommand);
        await assertRefused(answer, "AccessDeniedException", `no: ${resource}`);
      }
    }
  },
);

testSecrets(
  "another account reaches a secret by ARN, but not one under aws/secretsmanager",
  async ({ client, state, kms }) => {
    const KmsKeyId = kms.addKey("shared");
    const { ARN: plain = "" } = await client.send(new CreateSecretCommand({ Name: "plain", SecretString: "a" }));
    const { ARN: shared = "" } = await client.send(
      new CreateSecretCommand({ Name: "shared", SecretString: "b", KmsKeyId }),
    );
    state.principal = { ...rootPrincipal, account: "444455556666", arn: "arn:aws:iam::444455556666:root" };
    const message =
      "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.";
    await assertRefused(
      client.send(new GetSecretValueCommand({ SecretId: plain })),
      "InvalidRequestException",
      message,
    );
    const put = { SecretId: plain, SecretString: "c" };
    await assertRefused(client.send(new PutSecretValueCommand(put)), "InvalidRequestException", message);
    assert.equal((await client.send(new GetSecretValueCommand({ SecretId: shared }))).SecretString, "b");
    await assertRefused(client.send(new GetSecretValueCommand({ SecretId: "shared" })), "ResourceNotFoundException");
  },
);
