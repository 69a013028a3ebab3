import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, testSecrets, token } from "../secrets-manager.fixture.ts";
import { Region, readValue, replicated, SecretId, statusOf } from "./replication.fixture.ts";

testSecrets("a name that is taken in the region fails the replica and leaves both secrets alone", async (setting) => {
  const { client, clientIn } = setting;
  const eu = clientIn(Region);
  await eu.send(new CreateSecretCommand({ Name: SecretId, SecretString: "theirs" }));
  await replicated(setting);
  const failure = {
    Region,
    KmsKeyId: "alias/aws/secretsmanager",
    Status: "Failed",
    StatusMessage: "Replication failed: Secret name db already exists in region eu-west-1.",
  };
  assert.deepEqual(await statusOf(client), [failure]);
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: "two" }));
  assert.deepEqual([await readValue(client), await readValue(eu)], ["two", "theirs"]);
  const again = { SecretId, AddReplicaRegions: [{ Region }] };
  assert.deepEqual((await client.send(new ReplicateSecretToRegionsCommand(again))).ReplicationStatus, [failure]);
  const forced = { ...again, ForceOverwriteReplicaSecret: true };
  const { ReplicationStatus } = await client.send(new ReplicateSecretToRegionsCommand(forced));
  assert.equal(ReplicationStatus?.[0]?.Status, "InSync");
  assert.equal(await readValue(eu), "two");
});

testSecrets("removing a replica that failed does not touch the secret that was in its way", async (setting) => {
  const { client, clientIn } = setting;
  await clientIn(Region).send(new CreateSecretCommand({ Name: SecretId, SecretString: "theirs" }));
  await replicated(setting);
  const remove = { SecretId, RemoveReplicaRegions: [Region] };
  assert.deepEqual((await client.send(new RemoveRegionsFromReplicationCommand(remove))).ReplicationStatus, []);
  assert.equal(await readValue(clientIn(Region)), "theirs");
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

testSecrets(
  "a KMS key that cannot be used fails the replica, not the write, until it is replicated anew",
  async (setting) => {
    const { client, clientIn, kms } = setting;
    const KmsKeyId = kms.addKey("mine", Region);
    await replicated(setting, { AddReplicaRegions: [{ Region, KmsKeyId }, { Region: "us-west-2" }] });
    const eu = clientIn(Region);
    kms.setState(KmsKeyId, "disabled");
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: "two" }));
    assert.deepEqual([await readValue(client), await readValue(clientIn("us-west-2"))], ["two", "two"]);
    const [failed, other] = (await statusOf(client)) ?? [];
    assert.deepEqual([failed?.Status, other?.Status], ["Failed", "InSync"]);
    assert.match(failed?.StatusMessage ?? "", /^Replication failed: Secrets Manager can't encrypt .* is disabled\./);
    kms.setState(KmsKeyId, "enabled");
    // What was there before stays readable.
    assert.equal(await readValue(eu), "one");
    const again = { SecretId, AddReplicaRegions: [{ Region, KmsKeyId }] };
    const { ReplicationStatus } = await client.send(new ReplicateSecretToRegionsCommand(again));
    assert.deepEqual(
      ReplicationStatus?.map(({ Status }) => Status),
      ["InSync", "InSync"],
    );
    assert.equal(await readValue(eu), "two");
    assert.equal(await readValue(eu, { VersionStage: "AWSPREVIOUS" }), "one");
  },
);

testSecrets("a missing or forbidden key leaves no replica, and says why", async (setting) => {
  const { client, clientIn, kms } = setting;
  const forbidden = kms.addKey("mine", Region);
  kms.setState(forbidden, "forbidden");
  await replicated(setting, {
    AddReplicaRegions: [
      { Region, KmsKeyId: forbidden },
      { Region: "us-west-2", KmsKeyId: "no" },
    ],
  });
  const [first, second] = (await statusOf(client)) ?? [];
  assert.equal(first?.StatusMessage, "Replication failed: Access to KMS is not allowed");
  assert.match(second?.StatusMessage ?? "", /^Replication failed: The operation failed because of an invalid KMS key/);
  for (const region of [Region, "us-west-2"]) {
    await assertRefused(readValue(clientIn(region)), "ResourceNotFoundException");
  }
  assert.equal(await readValue(client), "one");
  const AddReplicaRegions = [{ Region, KmsKeyId: "no" }];
  const empty = await client.send(new CreateSecretCommand({ Name: "empty", AddReplicaRegions }));
  assert.equal(empty.ReplicationStatus?.[0]?.Status, "Failed");
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

testSecrets("a label on a version that could not be replicated fails the replica, not the move", async (setting) => {
  const { client, clientIn, kms } = setting;
  const KmsKeyId = kms.addKey("old");
  const first = { SecretString: "one", ClientRequestToken: token("a"), KmsKeyId };
  await client.send(new CreateSecretCommand({ Name: SecretId, ...first }));
  for (const SecretString of ["two", "three"]) await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  await client.send(new UpdateSecretCommand({ SecretId, KmsKeyId: "" }));
  kms.setState(KmsKeyId, "disabled");
  await client.send(new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] }));
  assert.equal((await statusOf(client))?.[0]?.Status, "InSync");
  const move = { SecretId, VersionStage: "mine", MoveToVersionId: token("a") };
  await client.send(new UpdateSecretVersionStageCommand(move));
  const [status] = (await statusOf(client)) ?? [];
  const message = `Replication failed: version ${token("a")} is not in region eu-west-1.`;
  assert.deepEqual([status?.Status, status?.StatusMessage], ["Failed", message]);
  assert.equal(await readValue(clientIn(Region)), "three");
});
