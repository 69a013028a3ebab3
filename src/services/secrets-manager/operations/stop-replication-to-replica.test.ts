import assert from "node:assert/strict";
import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  StopReplicationToReplicaCommand,
} from "@aws-sdk/client-secrets-manager";
import { Region, readValue, replicated, SecretId } from "../replication/replication.fixture.ts";
import { assertRefused, testSecrets } from "../secrets-manager.fixture.ts";

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
