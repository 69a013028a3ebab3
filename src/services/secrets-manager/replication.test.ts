import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  RestoreSecretCommand,
  type SecretsManagerClient,
  StopReplicationToReplicaCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, type Setting, testSecrets, token } from "./test-support.fixture.ts";

const SecretId = "db";
const Region = "eu-west-1";

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "secretsmanager:GetSecretValue", Resource: "*" },
  ],
});

const onReplica = "Operation not permitted on a replica secret. Call must be made in primary secret's region.";

async function replicated({ client }: Setting, extra: Partial<CreateSecretCommandInput> = {}): Promise<string> {
  const made = { Name: SecretId, SecretString: "one", ClientRequestToken: token("a"), AddReplicaRegions: [{ Region }] };
  const { ARN = "" } = await client.send(new CreateSecretCommand({ ...made, ...extra }));
  return ARN;
}

async function readValue(client: SecretsManagerClient, extra: object = {}): Promise<string | undefined> {
  return (await client.send(new GetSecretValueCommand({ SecretId, ...extra }))).SecretString;
}

async function statusOf(client: SecretsManagerClient) {
  return (await client.send(new DescribeSecretCommand({ SecretId }))).ReplicationStatus;
}

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

testSecrets("writes and replications at once leave primary and replicas the same", async (setting) => {
  const { client, clientIn } = setting;
  await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: "first" }));
  const regions = [Region, "us-west-2"];
  await Promise.all([
    ...Array.from({ length: 10 }, (_, index) =>
      client.send(new PutSecretValueCommand({ SecretId, SecretString: `value ${index}` })),
    ),
    ...regions.map((name) =>
      client.send(new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region: name }] })),
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
