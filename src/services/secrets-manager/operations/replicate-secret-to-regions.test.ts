import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { Region, readValue, replicated, SecretId } from "../replication/replication.fixture.ts";
import { assertRefused, replaceSecret, testSecrets, token } from "../secrets-manager.fixture.ts";

testSecrets("ReplicateSecretToRegions takes all versions of an existing secret along", async ({ client, clientIn }) => {
  const { ARN } = await client.send(
    new CreateSecretCommand({ Name: SecretId, SecretString: "one", ClientRequestToken: token("a") }),
  );
  for (const letter of ["b", "c"]) {
    const put = { SecretId, SecretString: letter, ClientRequestToken: token(letter) };
    await client.send(new PutSecretValueCommand(put));
  }
  const answer = await client.send(new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] }));
  assert.deepEqual([answer.ARN, answer.ReplicationStatus?.[0]?.Status], [ARN, "InSync"]);
  const eu = clientIn(Region);
  assert.equal(await readValue(eu), "c");
  // It has no label any more, and may get one again.
  assert.equal(await readValue(eu, { VersionId: token("a") }), "one");
  const listed = await eu.send(new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated: true }));
  assert.equal(listed.Versions?.length, 3);
  await client.send(
    new UpdateSecretVersionStageCommand({ SecretId, VersionStage: "mine", MoveToVersionId: token("a") }),
  );
  assert.equal(await readValue(eu, { VersionStage: "mine" }), "one");
});

testSecrets("no force takes the place of a replica of another secret, or of one with replicas", async (setting) => {
  const { client, clientIn } = setting;
  const eu = clientIn(Region);
  await replicated(setting);
  const toUs = { SecretId, AddReplicaRegions: [{ Region: "us-west-2" }], ForceOverwriteReplicaSecret: true };
  const west = clientIn("us-west-2");
  await west.send(new CreateSecretCommand({ Name: SecretId, AddReplicaRegions: [{ Region: "us-west-1" }] }));
  const { ReplicationStatus = [] } = await client.send(new ReplicateSecretToRegionsCommand(toUs));
  assert.match(ReplicationStatus[1]?.StatusMessage ?? "", /^Replication failed: .* still has replica regions\.$/);
  const toEu = { SecretId, AddReplicaRegions: [{ Region }], ForceOverwriteReplicaSecret: true };
  const other = await west.send(new ReplicateSecretToRegionsCommand(toEu));
  assert.equal(
    other.ReplicationStatus?.[1]?.StatusMessage,
    "Replication failed: Secret name db is currently replicated to eu-west-1 with a different arn.",
  );
  assert.equal(await readValue(eu), "one");
});

testSecrets("who may not read the primary cannot replicate it", async (setting) => {
  const { client, clientIn, kms } = setting;
  const KmsKeyId = kms.addKey("mine");
  await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: "one", KmsKeyId }));
  kms.setState(KmsKeyId, "forbidden");
  const replicate = new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] });
  const { ReplicationStatus } = await client.send(replicate);
  assert.equal(ReplicationStatus?.[0]?.StatusMessage, "Replication failed: Access to KMS is not allowed");
  await assertRefused(clientIn(Region).send(new DescribeSecretCommand({ SecretId })), "ResourceNotFoundException");
});

testSecrets(
  "ReplicateSecretToRegions refuses a wrong region, and a secret that is not the authorised one",
  async (setting) => {
    const { client, clientIn, onceAuthorised } = setting;
    const replicate = (Region: string) =>
      client.send(new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] }));
    await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: "one" }));
    await assertRefused(replicate("us-east-1"), "InvalidParameterException", "Invalid replica region.");
    onceAuthorised("secretsmanager:ReplicateSecretToRegions", () => replaceSecret(setting));
    await assertRefused(replicate(Region), "ResourceNotFoundException");
    await assertRefused(readValue(clientIn(Region)), "ResourceNotFoundException");
  },
);
