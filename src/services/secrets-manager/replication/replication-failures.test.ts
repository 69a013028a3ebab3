import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  PutSecretValueCommand,
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
    // The former version stays readable.
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
