import assert from "node:assert/strict";
import { CreateSecretCommand, DeleteSecretCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, GetParametersCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { encryptionThrough, kmsStore } from "../../kms/index.ts";
import { untold } from "../../kms/kms.fixture.ts";
import { assertRefused, type Options, type Setting, testParameters } from "../ssm.fixture.ts";

const prefix = "/aws/reference/secretsmanager/";

const realKms: Options = {
  kms(database, authorize) {
    const store = kmsStore(database, keyring(Buffer.alloc(32, 1)), fakeClock(), randomIds, untold);
    return encryptionThrough({ store }, authorize);
  },
};

/** A test with both stores and a real KMS over one database. */
function testReferences(name: string, run: (setting: Setting) => Promise<void>): void {
  testParameters(name, run, realKms);
}

function reader({ client }: Setting) {
  return (Name: string, WithDecryption: boolean | undefined = true) =>
    client.send(new GetParameterCommand({ Name, WithDecryption }));
}

testReferences("GetParameter reads a secret through its reference", async (setting) => {
  const { secrets, clock, asked } = setting;
  const get = reader(setting);
  const created = await secrets.send(new CreateSecretCommand({ Name: "team/db", SecretString: "first" }));
  asked.length = 0;
  const { Parameter } = await get(`${prefix}team/db`);
  const { SourceResult, ...shown } = Parameter!;
  assert.deepEqual(shown, {
    Name: `${prefix}team/db`,
    Type: "SecureString",
    Value: "first",
    Version: 0,
    LastModifiedDate: clock.now(),
    ARN: created.ARN,
  });
  assert.deepEqual(JSON.parse(SourceResult!), {
    ARN: created.ARN,
    name: "team/db",
    versionId: created.VersionId,
    secretString: "first",
    versionStages: ["AWSCURRENT"],
    createdDate: clock.now().toISOString(),
  });
  assert.deepEqual(asked.map(({ action, resource }) => [action, resource]).slice(0, 2), [
    ["ssm:GetParameter", `arn:aws:ssm:us-east-1:111122223333:parameter${prefix}team/db`],
    ["secretsmanager:GetSecretValue", created.ARN],
  ]);
  assert.equal(asked[2]?.action, "kms:Decrypt");
  assert.equal(asked[2]?.conditions?.["kms:ViaService"], "secretsmanager.us-east-1.amazonaws.com");
});

testReferences("A reference selects a version by its id or its label", async (setting) => {
  const { secrets } = setting;
  const get = reader(setting);
  const { VersionId } = await secrets.send(new CreateSecretCommand({ Name: "db", SecretString: "first" }));
  await secrets.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "second" }));
  assert.equal((await get(`${prefix}db`)).Parameter?.Value, "second");
  for (const selector of [":AWSPREVIOUS", `:${VersionId}`]) {
    const { Parameter } = await get(`${prefix}db${selector}`);
    assert.deepEqual([Parameter?.Value, Parameter?.Selector, Parameter?.Name], ["first", selector, `${prefix}db`]);
  }
});

testReferences("References that cannot be read are refused in Parameter Store's words", async (setting) => {
  const { client, secrets, state } = setting;
  const get = reader(setting);
  await secrets.send(new CreateSecretCommand({ Name: "db", SecretString: "first" }));
  await secrets.send(new CreateSecretCommand({ Name: "gone", SecretString: "first" }));
  await secrets.send(new DeleteSecretCommand({ SecretId: "gone" }));
  const binary = new CreateSecretCommand({ Name: "binary", SecretBinary: Buffer.of(1) });
  await secrets.send(binary);
  const needs = "WithDecryption flag must be True for retrieving a Secret Manager secret.";
  await assertRefused(get(`${prefix}none`, false), "ValidationException", needs);
  const missing = (name: string) =>
    `An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret aws/reference/secretsmanager/${name} not found.`;
  await assertRefused(get(`${prefix}none`), "ParameterNotFound", missing("nonenull"));
  await assertRefused(get(`${prefix}db:OTHER`), "ParameterNotFound", missing("db:OTHER"));
  await assertRefused(get(`${prefix}db:a:b`), "ValidationException", /correct syntax for referencing/);
  await assertRefused(get(`${prefix}db:`), "ValidationException", /correct syntax for referencing/);
  await assertRefused(get(`${prefix}`), "ParameterNotFound");
  await assertRefused(get(`${prefix}gone`), "ValidationException", "Invalid Request to Secrets Manager");
  assert.equal((await get(`${prefix}binary`)).Parameter?.Value, undefined);
  await client.send(new PutParameterCommand({ Name: "/plain", Value: "plain", Type: "String" }));
  const names = [`${prefix}db`, `${prefix}none`, `${prefix}db:a:b`, `${prefix}gone`, "/plain", "/none"];
  const got = await client.send(new GetParametersCommand({ Names: names, WithDecryption: true }));
  assert.deepEqual(
    got.Parameters!.map(({ Value }) => Value),
    ["first", "plain"],
  );
  assert.deepEqual(got.InvalidParameters!.sort(), [names[5], names[2], names[3], names[1]].sort());
  state.deny = ({ action }) => (action === "secretsmanager:GetSecretValue" ? `denied ${action}` : undefined);
  await assertRefused(get(`${prefix}db`), "AccessDeniedException", /secretsmanager:GetSecretValue/);
});
