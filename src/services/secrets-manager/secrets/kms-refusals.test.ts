import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import type { FakeKeyState } from "../fake-encryption.fixture.ts";
import { assertRefused, testSecrets, token } from "../secrets-manager.fixture.ts";

const disabled =
  /^Secrets Manager can't decrypt the secret value: arn:aws:kms:\S+ is disabled\. \(Service: AWSKMS; Status Code: 400; Error Code: DisabledException\)$/;
const pending =
  /^Secrets Manager can't decrypt the secret value: arn:aws:kms:\S+ is pending deletion\. \(.*KMSInvalidStateException\)$/;
const forbidden = ["AccessDeniedException", "Access to KMS is not allowed"] as const;

const refusals: [state: FakeKeyState, reading: readonly [string, string | RegExp], writing: string][] = [
  ["forbidden", forbidden, "AccessDeniedException"],
  ["disabled", ["DecryptionFailure", disabled], "EncryptionFailure"],
  ["pending-deletion", ["DecryptionFailure", pending], "EncryptionFailure"],
];

for (const [state, reading, writing] of refusals) {
  testSecrets(`a ${state} key: reading is ${reading[0]}, writing ${writing}`, async ({ client, kms }) => {
    const key = kms.addKey("mine");
    await client.send(new CreateSecretCommand({ Name: "db", SecretString: "s3cret", KmsKeyId: key }));
    kms.setState(key, state);
    const put = { SecretId: "db", SecretString: "other" };
    await assertRefused(client.send(new GetSecretValueCommand({ SecretId: "db" })), ...reading);
    await assertRefused(client.send(new PutSecretValueCommand(put)), writing);
    await assertRefused(client.send(new UpdateSecretCommand(put)), writing);
    await assertRefused(client.send(new CreateSecretCommand({ Name: "b", KmsKeyId: key })), writing);
    await assertRefused(client.send(new CreateSecretCommand({ Name: "b", SecretString: "b", KmsKeyId: key })), writing);
    kms.setState(key, "enabled");
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    assert.equal(SecretString, "s3cret");
  });
}

testSecrets("UpdateSecret with a new key: labelled versions open with either key", async ({ client, kms }) => {
  const [first, second] = [kms.addKey("first"), kms.addKey("second")];
  await client.send(
    new CreateSecretCommand({ Name: "db", SecretString: "a", KmsKeyId: first, ClientRequestToken: token("a") }),
  );
  for (const letter of ["b", "c"]) {
    const put = { SecretId: "db", SecretString: letter, ClientRequestToken: token(letter) };
    await client.send(new PutSecretValueCommand(put));
  }
  await client.send(new UpdateSecretCommand({ SecretId: "db", KmsKeyId: second }));
  const { Versions = [] } = await client.send(
    new ListSecretVersionIdsCommand({ SecretId: "db", IncludeDeprecated: true }),
  );
  const keys = Object.fromEntries(Versions.map(({ VersionId, KmsKeyIds }) => [VersionId, KmsKeyIds]));
  assert.deepEqual(keys, { [token("a")]: [first], [token("b")]: [second, first], [token("c")]: [second, first] });
  const { KmsKeyId } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.equal(KmsKeyId, second);

  const read = async (letter: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId: "db", VersionId: token(letter) }))).SecretString;
  kms.setState(first, "disabled");
  assert.deepEqual([await read("b"), await read("c")], ["b", "c"]);
  await assertRefused(read("a"), "DecryptionFailure", disabled);
  kms.setState(first, "enabled");
  kms.setState(second, "forbidden");
  assert.deepEqual([await read("a"), await read("b"), await read("c")], ["a", "b", "c"]);
  kms.setState(first, "disabled");
  await assertRefused(read("c"), ...forbidden);
});

testSecrets("UpdateSecret leaves versions alone that the caller cannot decrypt", async ({ client, kms }) => {
  const [first, second] = [kms.addKey("first"), kms.addKey("second")];
  await client.send(
    new CreateSecretCommand({ Name: "db", SecretString: "a", KmsKeyId: first, ClientRequestToken: token("a") }),
  );
  kms.setState(first, "forbidden");
  await client.send(
    new UpdateSecretCommand({ SecretId: "db", KmsKeyId: second, SecretString: "b", ClientRequestToken: token("b") }),
  );
  const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db" }));
  const keys = Object.fromEntries(Versions.map(({ VersionId, KmsKeyIds }) => [VersionId, KmsKeyIds]));
  assert.deepEqual(keys, { [token("a")]: [first], [token("b")]: [second] });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
  assert.equal(SecretString, "b");
});

testSecrets("UpdateSecret with an empty key goes back to aws/secretsmanager", async ({ client, kms }) => {
  const key = kms.addKey("mine");
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", KmsKeyId: key }));
  await client.send(new UpdateSecretCommand({ SecretId: "db", KmsKeyId: "" }));
  const described = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.equal(described.KmsKeyId, undefined);
  const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db" }));
  assert.deepEqual(Versions[0]?.KmsKeyIds, ["DefaultEncryptionKey", key]);
});
