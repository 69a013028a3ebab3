import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  paginateListSecretVersionIds,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import {
  assertRefused,
  millisecondsOfDay,
  openSecretsManager,
  testSecrets,
  token,
} from "../secrets-manager.fixture.ts";
import { Region, readValue, replicated, SecretId, statusOf } from "./replication.fixture.ts";

const onReplica = "Operation not permitted on a replica secret. Call must be made in primary secret's region.";

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "secretsmanager:GetSecretValue", Resource: "*" },
  ],
});

testSecrets("a replica refuses every change", async (setting) => {
  const { clientIn } = setting;
  await replicated(setting);
  const eu = clientIn(Region);
  const refused = [
    new PutSecretValueCommand({ SecretId, SecretString: "x" }),
    new UpdateSecretCommand({ SecretId, Description: "x" }),
    new UpdateSecretCommand({ SecretId, SecretString: "x" }),
    new UpdateSecretCommand({ SecretId, SecretString: "x", KmsKeyId: "" }),
    new UpdateSecretVersionStageCommand({ SecretId, VersionStage: "x", MoveToVersionId: token("a") }),
    new TagResourceCommand({ SecretId, Tags: [{ Key: "a", Value: "b" }] }),
    new UntagResourceCommand({ SecretId, TagKeys: ["a"] }),
    new PutResourcePolicyCommand({ SecretId, ResourcePolicy: policy }),
    new DeleteResourcePolicyCommand({ SecretId }),
    new DeleteSecretCommand({ SecretId }),
    new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }),
    new RestoreSecretCommand({ SecretId }),
    new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region: "us-west-2" }] }),
    new RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions: ["us-west-2"] }),
  ];
  for (const command of refused) {
    await assertRefused(eu.send(command as DescribeSecretCommand), "InvalidParameterException", onReplica);
  }
  await assertRefused(
    eu.send(new CreateSecretCommand({ Name: SecretId, SecretString: "x" })),
    "ResourceExistsException",
  );
  assert.equal(await readValue(eu), "one");
});

testSecrets("writes and replications at once, on two servers, leave primary and replicas the same", async (setting) => {
  const { client, clientIn } = setting;
  const other = openSecretsManager(setting.database, { kms: setting.kms }).client;
  await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: "first" }));
  const regions = [Region, "us-west-2"];
  await Promise.all([
    ...Array.from({ length: 10 }, (_, index) =>
      untilUnchanged(() =>
        (index % 2 === 0 ? client : other).send(
          new PutSecretValueCommand({ SecretId, SecretString: `value ${index}` }),
        ),
      ),
    ),
    ...regions.map((name) =>
      untilUnchanged(() =>
        client.send(new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region: name }] })),
      ),
    ),
    client.send(new TagResourceCommand({ SecretId, Tags: [{ Key: "team", Value: "orders" }] })),
  ]);
  const primary = await client.send(new DescribeSecretCommand({ SecretId }));
  assert.deepEqual(
    primary.ReplicationStatus?.map(({ Status }) => Status),
    ["InSync", "InSync"],
  );
  for (const region of regions) {
    const replica = await clientIn(region).send(new DescribeSecretCommand({ SecretId }));
    assert.deepEqual(replica.VersionIdsToStages, primary.VersionIdsToStages);
    assert.deepEqual(replica.Tags, primary.Tags);
    assert.equal(await readValue(clientIn(region)), await readValue(client));
  }
});

/** Sends again what is refused because the secret's new tag came between authorisation and write. */
async function untilUnchanged(send: () => Promise<unknown>): Promise<void> {
  for (let isDone = false; !isDone; ) {
    isDone = await send().then(
      () => true,
      (error: Error) => {
        assert.equal(error.message, "The secret was changed while the request was in progress. Try again.");
        return false;
      },
    );
  }
}

for (const [name, write] of [
  ["PutSecretValue", new PutSecretValueCommand({ SecretId, SecretString: "two" })],
  ["UpdateSecret", new UpdateSecretCommand({ SecretId, SecretString: "two" })],
] as const) {
  testSecrets(`${name} reaches a replica that was made while it encrypted`, async ({ client, clientIn, kms }) => {
    await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: "one" }));
    const { encryption } = kms;
    const { encrypt } = encryption;
    encryption.encrypt = async (call, request) => {
      encryption.encrypt = encrypt;
      const encrypted = await encrypt(call, request);
      await client.send(new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] }));
      return encrypted;
    };
    await client.send(write as PutSecretValueCommand);
    assert.equal((await statusOf(client))?.[0]?.Status, "InSync");
    assert.equal(await readValue(clientIn(Region)), "two");
  });
}

testSecrets("a replica keeps as many versions as its primary", async (setting) => {
  const { client, clientIn, clock } = setting;
  await replicated(setting);
  for (let index = 0; index < 105; index++) {
    clock.advance(1000);
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: `value ${index}` }));
  }
  clock.advance(2 * millisecondsOfDay);
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: "last" }));
  for (const each of [client, clientIn(Region)]) {
    let count = 0;
    const pages = paginateListSecretVersionIds({ client: each }, { SecretId, IncludeDeprecated: true });
    for await (const { Versions = [] } of pages) count += Versions.length;
    assert.equal(count, 100);
    assert.equal(await readValue(each, { VersionStage: "AWSPREVIOUS" }), "value 104");
  }
});
