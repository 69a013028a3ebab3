import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  StopReplicationToReplicaCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, testSecrets } from "../secrets-manager.fixture.ts";
import { Region, readValue, replicated, SecretId } from "./replication.fixture.ts";

testSecrets("StopReplicationToReplica makes the replica a secret of its own", async (setting) => {
  const { client, clientIn } = setting;
  const arn = await replicated(setting);
  const eu = clientIn(Region);
  const replicaArn = arn.replace("us-east-1", Region);
  await assertRefused(
    client.send(new StopReplicationToReplicaCommand({ SecretId })),
    "InvalidParameterException",
    /isn't a replica/,
  );
  assert.equal((await eu.send(new StopReplicationToReplicaCommand({ SecretId: replicaArn }))).ARN, replicaArn);
  for (const each of [client, eu]) {
    const described = await each.send(new DescribeSecretCommand({ SecretId }));
    assert.deepEqual([described.PrimaryRegion, described.ReplicationStatus], [undefined, undefined]);
  }
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: "here" }));
  await eu.send(new PutSecretValueCommand({ SecretId, SecretString: "there" }));
  assert.deepEqual([await readValue(client), await readValue(eu)], ["here", "there"]);
  const { ReplicationStatus } = await client.send(
    new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] }),
  );
  assert.match(ReplicationStatus?.[0]?.StatusMessage ?? "", /already exists in region eu-west-1\.$/);
  // Its ARN is still that of a replica.
  await client.send(new RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions: [Region] }));
  assert.equal(await readValue(eu), "there");
});

testSecrets("RemoveRegionsFromReplication deletes the replica at once", async (setting) => {
  const { client, clientIn } = setting;
  const ARN = await replicated(setting, { AddReplicaRegions: [{ Region }, { Region: "us-west-2" }] });
  const removal = { SecretId, RemoveReplicaRegions: [Region] };
  const removed = await client.send(new RemoveRegionsFromReplicationCommand(removal));
  assert.deepEqual([removed.ARN, removed.ReplicationStatus?.map((one) => one.Region)], [ARN, ["us-west-2"]]);
  await assertRefused(
    clientIn(Region).send(new DescribeSecretCommand({ SecretId })),
    "ResourceNotFoundException",
    "Secrets Manager can't find the specified secret.",
  );
  await assertRefused(
    client.send(new RemoveRegionsFromReplicationCommand(removal)),
    "InvalidParameterException",
    /isn't replicated to region eu-west-1\.$/,
  );
  for (const RemoveReplicaRegions of [["us-east-1"], ["us-west-2", "us-west-2"]]) {
    const wrong = new RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions });
    await assertRefused(client.send(wrong), "InvalidParameterException", "Invalid replica region.");
  }
  await clientIn(Region).send(new CreateSecretCommand({ Name: SecretId, SecretString: "anew" }));
  assert.equal(await readValue(clientIn(Region)), "anew");
});

testSecrets("DeleteSecret refuses a secret that has replicas", async (setting) => {
  const { client } = setting;
  const arn = await replicated(setting, { AddReplicaRegions: [{ Region }, { Region: "us-west-2" }] });
  for (const extra of [{}, { ForceDeleteWithoutRecovery: true }]) {
    await assertRefused(
      client.send(new DeleteSecretCommand({ SecretId, ...extra })),
      "InvalidParameterException",
      `You can't delete secret ${arn} that still has replica regions [eu-west-1, us-west-2].`,
    );
  }
  const remove = { SecretId, RemoveReplicaRegions: [Region, "us-west-2"] };
  await client.send(new RemoveRegionsFromReplicationCommand(remove));
  await client.send(new DeleteSecretCommand({ SecretId }));
  const again = new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] });
  await assertRefused(client.send(again), "InvalidRequestException", /because it was marked for deletion\.$/);
});
