import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DescribeSecretCommand,
  type Filter,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../model/api-error.ts";
import { validationException } from "../../model/common-errors.ts";
import { secretNotFound } from "./errors.ts";
import { assertRefused, testSecrets, token } from "./secrets-manager.fixture.ts";
import { secretsManager } from "./service.ts";

const missing = "Secrets Manager can't find the specified secret.";

test("As recorded: every error has its text in Message", () => {
  const { protocol } = secretsManager;
  const denied = new ApiError(protocol.accessDenied, "text");
  for (const error of [secretNotFound(), validationException("text"), denied]) {
    const body = JSON.parse(protocol.encodeError(error, "r").body);
    assert.deepEqual(body, { __type: error.shape, Message: error.message });
  }
  const internal = new ApiError({ code: "InternalFailure", status: 500 }, "");
  assert.deepEqual(JSON.parse(protocol.encodeError(internal, "r").body), { __type: "InternalFailure" });
});

testSecrets("As recorded: a token succeeds once more with the same value, and with no other", async ({ client }) => {
  const first = { SecretString: "a", ClientRequestToken: token("a") };
  const { ARN } = await client.send(new CreateSecretCommand({ Name: "db", ...first }));
  const inUse = `You can't use ClientRequestToken ${token("a")} because that value is already in use for a version of secret ${ARN}.`;
  for (const send of [
    (value: object) => client.send(new CreateSecretCommand({ Name: "db", ...value })),
    (value: object) => client.send(new PutSecretValueCommand({ SecretId: "db", ...value })),
    (value: object) => client.send(new UpdateSecretCommand({ SecretId: "db", ...value })),
  ]) {
    assert.equal((await send(first)).VersionId, token("a"));
    await assertRefused(send({ ...first, SecretString: "b" }), "ResourceExistsException", inUse);
  }
});

testSecrets("As recorded: filters tell words apart", async ({ client }) => {
  const names = ["SecretFTag", "uat/COMPANYthings", "uat/COMPANY/things"];
  for (const Name of names) await client.send(new CreateSecretCommand({ Name }));
  const found = async (Key: Filter["Key"], value: string) => {
    const { SecretList } = await client.send(new ListSecretsCommand({ Filters: [{ Key, Values: [value] }] }));
    return SecretList!.map(({ Name }) => Name).sort();
  };
  assert.deepEqual(await found("all", "+"), []);
  assert.deepEqual(await found("all", "tag"), ["SecretFTag"]);
  assert.deepEqual(await found("all", "Ythings"), ["uat/COMPANYthings"]);
  assert.deepEqual(await found("all", "company"), ["uat/COMPANY/things"]);
});

testSecrets("As recorded: filters need a key and values", async ({ client }) => {
  for (const [filter, message] of [
    [{ Values: ["a"] }, "Invalid filter key"],
    [{ Key: "description" }, "Invalid filter values for key: description"],
  ] as const) {
    const Filters = [filter as Filter];
    await assertRefused(client.send(new ListSecretsCommand({ Filters })), "InvalidParameterException", message);
    await assertRefused(client.send(new BatchGetSecretValueCommand({ Filters })), "InvalidParameterException", message);
  }
  const unknown = client.send(new ListSecretsCommand({ Filters: [{ Key: "x" as "all", Values: ["a"] }] }));
  await assertRefused(
    unknown,
    "ValidationException",
    /^1 validation error detected: Value 'x' at 'filters\.1\.member\.key' /,
  );
  assert.deepEqual((await client.send(new ListSecretsCommand({ Filters: [] }))).SecretList, []);
});

testSecrets("As recorded: empty lists are as absent", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", Tags: [] }));
  assert.ok(!("Tags" in (await client.send(new DescribeSecretCommand({ SecretId: "db" })))));
  const batch = await client.send(new BatchGetSecretValueCommand({ SecretIdList: ["db", "none"], Filters: [] }));
  assert.equal(batch.SecretValues?.length, 1);
  assert.deepEqual(batch.Errors, [{ SecretId: "none", ErrorCode: "ResourceNotFoundException", Message: missing }]);
  await assertRefused(
    client.send(new BatchGetSecretValueCommand({ Filters: [] })),
    "InvalidParameterException",
    "Either 'SecretIdList' or 'Filters' must be provided, but not both.",
  );
  await assertRefused(
    client.send(new GetSecretValueCommand({ SecretId: "none" })),
    "ResourceNotFoundException",
    missing,
  );
});
