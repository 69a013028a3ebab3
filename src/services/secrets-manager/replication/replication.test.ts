import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  type SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, testSecrets, token } from "../secrets-manager.fixture.ts";
import { Region, readValue, replicated, SecretId, statusOf } from "./replication.fixture.ts";

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "secretsmanager:GetSecretValue", Resource: "*" },
  ],
});

testSecrets("CreateSecret with AddReplicaRegions makes replicas with the same suffix", async (setting) => {
  const { client, clientIn, kms } = setting;
  const key = kms.addKey("mine", "ap-south-1");
  const created = await client.send(
    new CreateSecretCommand({
      Name: SecretId,
      Description: "orders",
      SecretString: "one",
      ClientRequestToken: token("a"),
      Tags: [{ Key: "team", Value: "orders" }],
      AddReplicaRegions: [{ Region }, { Region: "ap-south-1", KmsKeyId: key }],
    }),
  );
  const message = "Replication succeeded";
  const status = [
    { Region, KmsKeyId: "alias/aws/secretsmanager", Status: "InSync", StatusMessage: message },
    { Region: "ap-south-1", KmsKeyId: key, Status: "InSync", StatusMessage: message },
  ];
  assert.deepEqual(created.ReplicationStatus, status);
  const { ARN = "" } = created;
  const replicaArn = ARN.replace("us-east-1", Region);
  const replica = await clientIn(Region).send(new DescribeSecretCommand({ SecretId }));
  assert.deepEqual(
    [replica.ARN, replica.PrimaryRegion, replica.ReplicationStatus, replica.Description, replica.Tags?.[0]?.Key],
    [replicaArn, "us-east-1", undefined, "orders", "team"],
  );
  assert.deepEqual(replica.VersionIdsToStages, { [token("a")]: ["AWSCURRENT"] });
  const primary = await client.send(new DescribeSecretCommand({ SecretId }));
  assert.deepEqual([primary.PrimaryRegion, primary.ReplicationStatus], ["us-east-1", status]);
  for (const region of [Region, "ap-south-1"]) assert.equal(await readValue(clientIn(region)), "one");
  assert.deepEqual(
    kms.asked.map(({ keyArn, context }) => [keyArn.split(":")[3], context.SecretARN]),
    [
      ["us-east-1", ARN],
      [Region, replicaArn],
      ["ap-south-1", ARN.replace("us-east-1", "ap-south-1")],
    ],
  );
  await assertRefused(readValue(client, { SecretId: replicaArn }), "ResourceNotFoundException");
  assert.equal(await readValue(clientIn(Region), { SecretId: replicaArn }), "one");
});

testSecrets("every change of the primary is seen at its replicas", async (setting) => {
  const { client, clientIn, clock } = setting;
  await replicated(setting);
  const eu = clientIn(Region);
  clock.advance(60_000);
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: "two", ClientRequestToken: token("b") }));
  assert.equal(await readValue(eu), "two");
  assert.equal(await readValue(eu, { VersionStage: "AWSPREVIOUS" }), "one");
  assert.equal(await readValue(eu, { VersionId: token("a") }), "one");
  await client.send(new UpdateSecretCommand({ SecretId, SecretBinary: Buffer.of(3), ClientRequestToken: token("c") }));
  assert.deepEqual((await eu.send(new GetSecretValueCommand({ SecretId }))).SecretBinary, new Uint8Array(Buffer.of(3)));
  const back = { MoveToVersionId: token("a"), RemoveFromVersionId: token("c") };
  await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: "AWSCURRENT", ...back }));
  assert.equal(await readValue(eu), "one");
  await client.send(new UpdateSecretCommand({ SecretId, Description: "text" }));
  await client.send(new TagResourceCommand({ SecretId, Tags: [{ Key: "team", Value: "orders" }] }));
  await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: policy }));
  const described = await eu.send(new DescribeSecretCommand({ SecretId }));
  assert.deepEqual(
    [described.Description, described.Tags, described.LastChangedDate],
    ["text", [{ Key: "team", Value: "orders" }], clock.now()],
  );
  assert.equal((await eu.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy, policy);
  await client.send(new UntagResourceCommand({ SecretId, TagKeys: ["team"] }));
  await client.send(new DeleteResourcePolicyCommand({ SecretId }));
  assert.deepEqual((await eu.send(new DescribeSecretCommand({ SecretId }))).Tags, []);
  assert.equal((await eu.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy, undefined);
  assert.equal((await statusOf(client))?.[0]?.Status, "InSync");
});

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

testSecrets("a secret without a value is replicated, and gets its first one in both regions", async (setting) => {
  const { client, clientIn } = setting;
  await client.send(new CreateSecretCommand({ Name: SecretId, AddReplicaRegions: [{ Region }] }));
  await assertRefused(readValue(clientIn(Region)), "ResourceNotFoundException", /staging label: AWSCURRENT$/);
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: "one" }));
  assert.equal(await readValue(clientIn(Region)), "one");
});

testSecrets(
  "ListSecrets shows replication, the last read in each region, and finds by primary region",
  async (setting) => {
    const { client, clientIn } = setting;
    await replicated(setting);
    const eu = clientIn(Region);
    for (const each of [client, eu]) await each.send(new CreateSecretCommand({ Name: "alone" }));
    const list = async (each: SecretsManagerClient, value: string) => {
      const Filters = [{ Key: "primary-region" as const, Values: [value] }];
      return ((await each.send(new ListSecretsCommand({ Filters }))).SecretList ?? []).map(({ Name }) => Name);
    };
    assert.deepEqual(await list(client, "us-east-1"), ["db"]);
    assert.deepEqual(await list(eu, "us-east-1"), ["db"]);
    assert.deepEqual(await list(eu, "!us-east-1"), ["alone"]);
    assert.equal((await statusOf(client))?.[0]?.LastAccessedDate, undefined);
    await readValue(eu);
    const { SecretList = [] } = await client.send(new ListSecretsCommand({ SortBy: "name", SortOrder: "desc" }));
    assert.deepEqual(
      SecretList.map((one) => [one.Name, one.PrimaryRegion]),
      [
        ["db", "us-east-1"],
        ["alone", undefined],
      ],
    );
    const { ReplicationStatus } = await client.send(new DescribeSecretCommand({ SecretId }));
    assert.deepEqual(ReplicationStatus?.[0]?.LastAccessedDate, new Date("2026-01-02T00:00:00Z"));
  },
);

testSecrets("CreateSecret once more answers the replication status too", async (setting) => {
  const { client } = setting;
  await replicated(setting);
  const { ReplicationStatus } = await client.send(
    new CreateSecretCommand({ Name: SecretId, SecretString: "one", ClientRequestToken: token("a") }),
  );
  assert.equal(ReplicationStatus?.[0]?.Status, "InSync");
});

testSecrets("replication asks for permission and carries its regions as conditions", async (setting) => {
  const { client, clientIn, asked } = setting;
  const arn = await replicated(setting, { ForceOverwriteReplicaSecret: false });
  assert.deepEqual(
    asked.splice(0).map(({ action, conditions = {} }) => [action, conditions["secretsmanager:AddReplicaRegions"]]),
    [
      ["secretsmanager:CreateSecret", [Region]],
      ["secretsmanager:ReplicateSecretToRegions", [Region]],
    ],
  );
  const AddReplicaRegions = [{ Region: "us-west-2" }];
  await client.send(
    new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions, ForceOverwriteReplicaSecret: true }),
  );
  assert.deepEqual(asked.at(-1)?.conditions, {
    "secretsmanager:SecretId": arn,
    "secretsmanager:SecretPrimaryRegion": "us-east-1",
    "secretsmanager:AddReplicaRegions": ["us-west-2"],
    "secretsmanager:ForceOverwriteReplicaSecret": "true",
  });
  await readValue(clientIn(Region));
  assert.equal(asked.at(-1)?.conditions?.["secretsmanager:SecretPrimaryRegion"], "us-east-1");
  assert.equal(asked.at(-1)?.resource, arn.replace("us-east-1", Region));
});
