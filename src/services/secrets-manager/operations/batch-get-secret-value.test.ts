import assert from "node:assert/strict";
import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  paginateBatchGetSecretValue,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, replaceSecret, testSecrets } from "../secrets-manager.fixture.ts";

testSecrets("BatchGetSecretValue answers values and, beside them, what went wrong", async ({ client, state }) => {
  for (const Name of ["a", "b", "c"]) await client.send(new CreateSecretCommand({ Name, SecretString: Name }));
  await client.send(new CreateSecretCommand({ Name: "empty" }));
  await client.send(new DeleteSecretCommand({ SecretId: "b" }));
  state.deny = ({ action, resource }) =>
    action === "secretsmanager:GetSecretValue" && resource.includes(":secret:c-") ? "not for you" : undefined;
  const SecretIdList = ["a", "b", "c", "empty", "missing", "a b"];
  const { SecretValues = [], Errors = [] } = await client.send(new BatchGetSecretValueCommand({ SecretIdList }));
  assert.deepEqual(
    SecretValues.map(({ Name, SecretString, VersionStages }) => [Name, SecretString, VersionStages]),
    [["a", "a", ["AWSCURRENT"]]],
  );
  assert.deepEqual(
    Errors.map(({ SecretId, ErrorCode }) => [SecretId, ErrorCode]),
    [
      ["b", "InvalidRequestException"],
      ["c", "AccessDeniedException"],
      ["empty", "ResourceNotFoundException"],
      ["missing", "ResourceNotFoundException"],
      ["a b", "ValidationException"],
    ],
  );
  assert.equal(Errors[1]?.Message, "not for you");
});

testSecrets("BatchGetSecretValue with filters pages, and needs ListSecrets", async ({ client, asked }) => {
  for (const Name of ["p/1", "p/2", "q/1", "p/3"]) {
    await client.send(new CreateSecretCommand({ Name, SecretString: Name }));
  }
  asked.length = 0;
  const read: (string | undefined)[] = [];
  const pages = paginateBatchGetSecretValue({ client }, { Filters: [{ Key: "name", Values: ["p/"] }], MaxResults: 2 });
  for await (const page of pages) read.push(...(page.SecretValues ?? []).map(({ SecretString }) => SecretString));
  assert.deepEqual(read, ["p/1", "p/2", "p/3"]);
  assert.deepEqual(
    asked.slice(0, 3).map(({ action }) => action),
    ["secretsmanager:BatchGetSecretValue", "secretsmanager:ListSecrets", "secretsmanager:GetSecretValue"],
  );
});

testSecrets("BatchGetSecretValue refuses both lists, none, and MaxResults without filters", async ({ client }) => {
  const Filters = [{ Key: "name" as const, Values: ["a"] }];
  for (const input of [{}, { SecretIdList: ["a"], Filters }, { SecretIdList: ["a"], MaxResults: 1 }]) {
    await assertRefused(client.send(new BatchGetSecretValueCommand(input)), "InvalidParameterException");
  }
});

testSecrets("BatchGetSecretValue answers a key that refuses beside the other values", async ({ client, kms }) => {
  const KmsKeyId = kms.addKey("mine");
  await client.send(new CreateSecretCommand({ Name: "a", SecretString: "a", KmsKeyId }));
  await client.send(new CreateSecretCommand({ Name: "b", SecretBinary: Buffer.of(0, 255) }));
  kms.setState(KmsKeyId, "disabled");
  const { SecretValues, Errors } = await client.send(new BatchGetSecretValueCommand({ SecretIdList: ["a", "b"] }));
  assert.deepEqual(
    SecretValues?.map(({ Name, SecretBinary = [] }) => [Name, [...SecretBinary]]),
    [["b", [0, 255]]],
  );
  assert.deepEqual([Errors?.[0]?.SecretId, Errors?.[0]?.ErrorCode], ["a", "DecryptionFailure"]);
});

testSecrets("BatchGetSecretValue refuses more than 20 ids, none, and a bad token", async ({ client }) => {
  for (const SecretIdList of [Array.from({ length: 21 }, (_, index) => `s${index}`), []]) {
    await assertRefused(client.send(new BatchGetSecretValueCommand({ SecretIdList })), "ValidationException");
  }
  const Filters = [{ Key: "name" as const, Values: ["a"] }];
  await assertRefused(
    client.send(new BatchGetSecretValueCommand({ Filters, NextToken: "bad" })),
    "InvalidNextTokenException",
  );
});

testSecrets("BatchGetSecretValue reads what was authorised, secret by secret", async (setting) => {
  const { client, onceAuthorised } = setting;
  const { ARN } = await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
  for (const change of [
    () => client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "b" })),
    () => replaceSecret(setting),
  ]) {
    const before = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    assert.equal(before.ARN, ARN);
    onceAuthorised("secretsmanager:GetSecretValue", change);
    const { SecretValues } = await client.send(new BatchGetSecretValueCommand({ SecretIdList: ["db"] }));
    assert.deepEqual(
      SecretValues?.map((value) => [value.ARN, value.SecretString]),
      [[ARN, before.SecretString]],
    );
  }
});
