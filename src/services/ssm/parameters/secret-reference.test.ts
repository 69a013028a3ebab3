import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, GetParametersCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { databases } from "../../../../test/support/databases.ts";
import { inProcess } from "../../../../test/support/in-process.ts";
import { assertRefused } from "../../../../test/support/refused.ts";
import { eventStore } from "../../../audit/index.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import type { Access, Call } from "../../../model/call.ts";
import { encryptionThrough, kmsStore } from "../../kms/index.ts";
import { untold } from "../../kms/kms.fixture.ts";
import {
  rotationFunctions,
  secretReader,
  secretsManagerService,
  secretsManagerStore,
} from "../../secrets-manager/index.ts";
import { noTasks } from "../../secrets-manager/secrets-manager.fixture.ts";
import { ssmService, ssmStore } from "../index.ts";

const prefix = "/aws/reference/secretsmanager/";

/** Both stores over one database and a real KMS. */
async function open(kind: ReturnType<typeof databases>[number]) {
  const database = await kind.open();
  const clock = fakeClock();
  const asked: Access[] = [];
  let denied: string | undefined;
  const authorize = async (_call: Call, access: Access) => {
    asked.push(access);
    return access.action === denied ? `denied ${denied}` : undefined;
  };
  const store = kmsStore(database, keyring(Buffer.alloc(32, 1)), clock, randomIds, untold);
  const encryption = encryptionThrough({ store }, authorize);
  const secretsManager = {
    ...{ store: secretsManagerStore(database, untold.events), functions: rotationFunctions(new Map(), noTasks) },
    ...{ encryption, ids: randomIds, authorize, audit: () => undefined },
  };
  const ssm = ssmService({
    store: ssmStore(database, eventStore({ database, keyring: keyring(randomBytes(32)), clock, ids: randomIds })),
    encryption,
    ids: randomIds,
    secrets: secretReader(secretsManager),
  });
  const configuration = inProcess([ssm, secretsManagerService(secretsManager)], { clock, authorize });
  const client = new SSMClient(configuration);
  return {
    client,
    secrets: new SecretsManagerClient(configuration),
    clock,
    asked,
    deny(action: string) {
      denied = action;
    },
    get: (Name: string, WithDecryption: boolean | undefined = true) =>
      client.send(new GetParameterCommand({ Name, WithDecryption })),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

for (const kind of databases()) {
  test(`GetParameter reads a secret through its reference (${kind.name})`, async () => {
    await using setting = await open(kind);
    const { secrets, get, clock, asked } = setting;
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

  test(`A reference selects a version by its id or its label (${kind.name})`, async () => {
    await using setting = await open(kind);
    const { secrets, get } = setting;
    const { VersionId } = await secrets.send(new CreateSecretCommand({ Name: "db", SecretString: "first" }));
    await secrets.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "second" }));
    assert.equal((await get(`${prefix}db`)).Parameter?.Value, "second");
    for (const selector of [":AWSPREVIOUS", `:${VersionId}`]) {
      const { Parameter } = await get(`${prefix}db${selector}`);
      assert.deepEqual([Parameter?.Value, Parameter?.Selector, Parameter?.Name], ["first", selector, `${prefix}db`]);
    }
  });

  test(`References that cannot be read are refused in Parameter Store's words (${kind.name})`, async () => {
    await using setting = await open(kind);
    const { client, secrets, get, deny } = setting;
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
    deny("secretsmanager:GetSecretValue");
    await assertRefused(get(`${prefix}db`), "AccessDeniedException", /secretsmanager:GetSecretValue/);
  });
}
