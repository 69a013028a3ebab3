import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  RemoveRegionsFromReplicationCommand,
} from "@aws-sdk/client-secrets-manager";
import { Region, readValue, replicated, SecretId } from "../replication/replication.fixture.ts";
import { assertRefused, testSecrets } from "../secrets-manager.fixture.ts";

testSecrets("removing a replica that failed does not touch the secret that was in its way", async (setting) => {
  const { client, clientIn } = setting;
  await clientIn(Region).send(new CreateSecretCommand({ Name: SecretId, SecretString: "theirs" }));
  await replicated(setting);
  const remove = { SecretId, RemoveReplicaRegions: [Region] };
  assert.deepEqual((await client.send(new RemoveRegionsFromReplicationCommand(remove))).ReplicationStatus, []);
  assert.equal(await readValue(clientIn(Region)), "theirs");
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
