import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { Region, readValue, replicated, SecretId, statusOf } from "../replication/replication.fixture.ts";
import { assertNotOutrun, assertRefused, replaceSecret, testSecrets, token } from "../secrets-manager.fixture.ts";

async function stagesOf(client: SecretsManagerClient): Promise<Record<string, string[]> | undefined> {
  return (await client.send(new DescribeSecretCommand({ SecretId: "db" }))).VersionIdsToStages;
}

testSecrets("UpdateSecret changes the description, and refuses a token that is in use", async ({ client }) => {
  const first = { SecretString: "a", ClientRequestToken: token("a") };
  await client.send(new CreateSecretCommand({ Name: "db", Description: "old", ...first }));
  const updated = await client.send(new UpdateSecretCommand({ SecretId: "db", Description: "new" }));
  assert.equal(updated.VersionId, undefined);
  assert.equal((await client.send(new DescribeSecretCommand({ SecretId: "db" }))).Description, "new");
  await client.send(new UpdateSecretCommand({ SecretId: "db", Description: "" }));
  assert.equal((await client.send(new DescribeSecretCommand({ SecretId: "db" }))).Description, undefined);
  const other = new UpdateSecretCommand({ SecretId: "db", ...first, SecretString: "b" });
  await assertRefused(client.send(other), "ResourceExistsException");
  const again = await client.send(
    new UpdateSecretCommand({ SecretId: "db", SecretString: "b", ClientRequestToken: token("b") }),
  );
  assert.equal(again.VersionId, token("b"));
  assert.deepEqual(await stagesOf(client), { [token("a")]: ["AWSPREVIOUS"], [token("b")]: ["AWSCURRENT"] });
});

testSecrets("UpdateSecret succeeds once more with the same token and value", async ({ client, clock }) => {
  const [first, second] = ["a", "b"].map((letter) => ({ SecretString: letter, ClientRequestToken: token(letter) }));
  await client.send(new CreateSecretCommand({ Name: "db", ...first }));
  const update = new UpdateSecretCommand({ SecretId: "db", ...second });
  const answers = [await client.send(update)];
  const { LastChangedDate } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  clock.advance(1000);
  answers.push(await client.send(update));
  for (const { $metadata: _, ...answer } of answers) {
    assert.deepEqual(answer, { ARN: answers[0]!.ARN, Name: "db", VersionId: token("b") });
  }
  // Also with the token of an earlier version, whose labels stay where they are.
  const earlier = await client.send(new UpdateSecretCommand({ SecretId: "db", ...first }));
  assert.equal(earlier.VersionId, token("a"));
  assert.deepEqual(await stagesOf(client), { [token("a")]: ["AWSPREVIOUS"], [token("b")]: ["AWSCURRENT"] });
  const unchanged = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.deepEqual(unchanged.LastChangedDate, LastChangedDate);
  const described = await client.send(new UpdateSecretCommand({ SecretId: "db", ...second, Description: "new" }));
  assert.equal(described.VersionId, token("b"));
  assert.equal((await client.send(new DescribeSecretCommand({ SecretId: "db" }))).Description, "new");
});

const disabled =
  /^Secrets Manager can't decrypt the secret value: arn:aws:kms:\S+ is disabled\. \(Service: AWSKMS; Status Code: 400; Error Code: DisabledException\)$/;
const forbidden = ["AccessDeniedException", "Access to KMS is not allowed"] as const;

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

testSecrets(
  "a replica gets another KMS key by UpdateSecret in its region, and the primary shows it",
  async (setting) => {
    const { client, clientIn, kms } = setting;
    await replicated(setting);
    const key = kms.addKey("mine", Region);
    await clientIn(Region).send(new UpdateSecretCommand({ SecretId, KmsKeyId: key }));
    assert.equal((await statusOf(client))?.[0]?.KmsKeyId, key);
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: "two" }));
    assert.equal(kms.asked.at(-1)?.keyArn, key);
    assert.equal(await readValue(clientIn(Region)), "two");
  },
);

testSecrets("UpdateSecret changes the secret that was authorised, or is refused", async (setting) => {
  const { client, onceAuthorised } = setting;
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
  const update = () => client.send(new UpdateSecretCommand({ SecretId: "db", SecretString: "b", Description: "new" }));
  await assertNotOutrun(setting, "UpdateSecret", update);
  onceAuthorised("secretsmanager:UpdateSecret", () => replaceSecret(setting));
  await assertRefused(update(), "ResourceNotFoundException");
  const { Description } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
  assert.deepEqual([Description, SecretString], [undefined, "another secret"]);
});

testSecrets("UpdateSecret refuses a key that its alias did not mean when it was authorised", async (setting) => {
  const { client, kms } = setting;
  const [first, second] = [kms.addKey("first"), kms.addKey("second")];
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
  kms.encryption.findKeyArn = async () => first;
  await assertRefused(
    client.send(new UpdateSecretCommand({ SecretId: "db", KmsKeyId: second })),
    "InvalidRequestException",
    /was changed while/,
  );
  assert.equal((await client.send(new DescribeSecretCommand({ SecretId: "db" }))).KmsKeyId, undefined);
});
