import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import { Region, readValue, replicated, SecretId } from "../replication/replication.fixture.ts";
import { assertRefused, failuresOf, testSecrets, token, twoServers } from "../secrets-manager.fixture.ts";

testSecrets("CreateSecret answers an ARN with six random characters, and the token as version", async ({ client }) => {
  const created = await client.send(
    new CreateSecretCommand({ Name: "prod/db", SecretString: "s3cret", ClientRequestToken: token("a") }),
  );
  assert.match(created.ARN ?? "", /^arn:aws:secretsmanager:us-east-1:111122223333:secret:prod\/db-[A-Za-z0-9]{6}$/);
  assert.equal(created.Name, "prod/db");
  assert.equal(created.VersionId, token("a"));
});

testSecrets(
  "CreateSecret takes the six characters from a tag, so that an ARN of another account's is good here",
  async ({ client }) => {
    const withSuffix = (Value: string) =>
      client.send(new CreateSecretCommand({ Name: "prod/db", Tags: [{ Key: "sealift:arn-suffix", Value }] }));
    for (const bad of ["", "AbCdE", "AbCdEfg", "AbCd-f"]) {
      await assertRefused(
        withSuffix(bad),
        "InvalidParameterException",
        "The value of the tag sealift:arn-suffix must be six letters and digits.",
      );
    }
    const { ARN } = await withSuffix("AbCdEf");
    assert.match(ARN ?? "", /:secret:prod\/db-AbCdEf$/);
    const described = await client.send(new DescribeSecretCommand({ SecretId: ARN }));
    assert.deepEqual(described.Tags, [{ Key: "sealift:arn-suffix", Value: "AbCdEf" }]);
  },
);

testSecrets("CreateSecret stores binary and text as they are", async ({ client }) => {
  const values = {
    text: { SecretString: 'grüße \0 😀 {"a":1}' },
    bytes: { SecretBinary: Uint8Array.of(0, 1, 255, 10) },
    longest: { SecretString: "x".repeat(65_536) },
  };
  for (const [Name, value] of Object.entries(values)) {
    await client.send(new CreateSecretCommand({ Name, ...value }));
    const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: Name }));
    const read = SecretBinary ? { SecretBinary: Uint8Array.from(SecretBinary) } : { SecretString };
    assert.deepEqual(read, value);
  }
});

testSecrets("CreateSecret without a value makes a secret without versions", async ({ client }) => {
  const created = await client.send(new CreateSecretCommand({ Name: "empty", Description: "" }));
  assert.equal(created.VersionId, undefined);
  const described = await client.send(new DescribeSecretCommand({ SecretId: "empty" }));
  for (const member of ["VersionIdsToStages", "Tags", "Description", "KmsKeyId", "LastAccessedDate"]) {
    assert.ok(!(member in described), member);
  }
  await assertRefused(
    client.send(new GetSecretValueCommand({ SecretId: "empty" })),
    "ResourceNotFoundException",
    "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
  );
});

testSecrets("CreateSecret once more with token and value succeeds, with anything else fails", async ({ client }) => {
  const first = { Name: "db", SecretString: "one", ClientRequestToken: token("a") };
  const created = await client.send(new CreateSecretCommand(first));
  const again = await client.send(new CreateSecretCommand(first));
  assert.deepEqual([again.ARN, again.VersionId], [created.ARN, created.VersionId]);
  await assertRefused(
    client.send(new CreateSecretCommand({ ...first, SecretString: "two" })),
    "ResourceExistsException",
    `You can't use ClientRequestToken ${token("a")} because that value is already in use for a version of secret ${created.ARN}.`,
  );
  await assertRefused(
    client.send(new CreateSecretCommand({ ...first, ClientRequestToken: token("b") })),
    "ResourceExistsException",
    "The operation failed because the secret db already exists.",
  );
});

testSecrets("CreateSecret at the same time makes one secret", async ({ client }) => {
  const made = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      client.send(new CreateSecretCommand({ Name: "db", SecretString: `value ${index}` })),
    ),
  );
  const failures = made.flatMap((one) => (one.status === "rejected" ? [one.reason.name] : []));
  assert.deepEqual(failures, Array(19).fill("ResourceExistsException"));
});

testSecrets("CreateSecret cannot reuse the name of a secret that is scheduled for deletion", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db" }));
  await client.send(new DeleteSecretCommand({ SecretId: "db" }));
  await assertRefused(
    client.send(new CreateSecretCommand({ Name: "db" })),
    "InvalidRequestException",
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
  );
});

testSecrets("CreateSecret refuses what AWS refuses", async ({ client }) => {
  const cases: [Partial<CreateSecretCommand["input"]>, string, string | RegExp][] = [
    [{ Name: "a b" }, "ValidationException", /^Invalid name\. Must be a valid name containing alphanumeric characters/],
    [
      { SecretString: "a", SecretBinary: Buffer.from("a") },
      "InvalidParameterException",
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    ],
    [{ SecretString: "ü".repeat(32_769) }, "ValidationException", /'secretString'.* less than or equal to 65536$/],
    [{ SecretBinary: Buffer.alloc(65_537) }, "ValidationException", /'secretBinary'.* less than or equal to 65536$/],
    [
      { KmsKeyId: "missing", SecretString: "a" },
      "InvalidParameterException",
      /^The operation failed because of an invalid KMS key: Key /,
    ],
    [{ KmsKeyId: "missing" }, "InvalidParameterException", /^The operation failed because of an invalid KMS key: Key /],
    [{ Tags: [{ Key: "aws:x", Value: "" }] }, "InvalidParameterException", /^aws: prefixed tag key names/],
    [
      {
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "a", Value: "2" },
        ],
      },
      "InvalidParameterException",
      /^Duplicate tag keys/,
    ],
    [{ ClientRequestToken: `${token("a")}\0` }, "InvalidParameterException", /ClientRequestToken/],
    [{ AddReplicaRegions: [{ Region: "us-east-1" }] }, "InvalidParameterException", /^Invalid replica region\.$/],
    [{ AddReplicaRegions: [{ Region: "cn-north-1" }] }, "InvalidParameterException", /^Invalid replica region\.$/],
    [{ AddReplicaRegions: [{}] }, "InvalidParameterException", /^Invalid replica region\.$/],
    [
      { AddReplicaRegions: [{ Region: "eu-west-1" }, { Region: "eu-west-1", KmsKeyId: "other" }] },
      "InvalidParameterException",
      /^Invalid replica region\.$/,
    ],
    [{ AddReplicaRegions: [{ Region: "Europe" }] }, "ValidationException", /region/],
    [{ AddReplicaRegions: [] }, "ValidationException", /addReplicaRegions/],
    [{ Type: "Partner" }, "InvalidParameterException", /^Managed external secrets are not supported\.$/],
  ];
  for (const [input, name, message] of cases) {
    await assertRefused(client.send(new CreateSecretCommand({ Name: "db", ...input })), name, message);
  }
  await assertRefused(client.send(new DescribeSecretCommand({ SecretId: "db" })), "ResourceNotFoundException");
});

testSecrets("CreateSecret shows description, key and tags", async ({ client, kms, clock }) => {
  const key = kms.addKey("mine");
  const made = { Description: "a\0b", Tags: [{ Key: "team", Value: "a\0" }], KmsKeyId: key };
  await client.send(
    new CreateSecretCommand({ Name: "db", SecretString: "one", ClientRequestToken: token("a"), ...made }),
  );
  const { $metadata: _, ARN, ...described } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.deepEqual(described, {
    Name: "db",
    ...made,
    CreatedDate: clock.now(),
    LastChangedDate: clock.now(),
    VersionIdsToStages: { [token("a")]: ["AWSCURRENT"] },
  });
  assert.deepEqual(kms.asked.at(-1)?.context, { SecretARN: ARN, SecretVersionId: token("a") });
});

const times = Array.from({ length: 50 }, (_, index) => index);

testSecrets("CreateSecret 50 times at once with one name lets one win", async (setting) => {
  const clientOf = twoServers(setting);
  const settled = await Promise.allSettled(
    times.map((index) => clientOf(index).send(new CreateSecretCommand({ Name: "db", SecretString: `value ${index}` }))),
  );
  assert.deepEqual(failuresOf(settled), Array(49).fill("ResourceExistsException"));
  const winner = settled.findIndex(({ status }) => status === "fulfilled");
  const { SecretString } = await setting.client.send(new GetSecretValueCommand({ SecretId: "db" }));
  assert.equal(SecretString, `value ${winner}`);
});

testSecrets("CreateSecret 50 times at once with one token and value answers one secret", async (setting) => {
  const clientOf = twoServers(setting);
  const create = { Name: "db", SecretString: "a", ClientRequestToken: token("a") };
  const answers = await Promise.all(times.map((index) => clientOf(index).send(new CreateSecretCommand(create))));
  assert.equal(new Set(answers.map(({ ARN }) => ARN)).size, 1);
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

testSecrets("CreateSecret once more answers the replication status too", async (setting) => {
  const { client } = setting;
  await replicated(setting);
  const { ReplicationStatus } = await client.send(
    new CreateSecretCommand({ Name: SecretId, SecretString: "one", ClientRequestToken: token("a") }),
  );
  assert.equal(ReplicationStatus?.[0]?.Status, "InSync");
});

testSecrets("CreateSecret makes nothing if the name was taken, or its key exchanged, meanwhile", async (setting) => {
  const { client, kms, onceAuthorised } = setting;
  const create = (input: object = {}) =>
    client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ...input }));
  const [first, second] = [kms.addKey("first"), kms.addKey("second")];
  kms.encryption.findKeyArn = async () => first;
  await assertRefused(create({ KmsKeyId: second }), "InvalidRequestException", /was changed while/);
  await assertRefused(client.send(new DescribeSecretCommand({ SecretId: "db" })), "ResourceNotFoundException");
  onceAuthorised("secretsmanager:CreateSecret", () => create({ SecretString: "theirs" }));
  await assertRefused(create(), "ResourceExistsException");
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
  assert.equal(SecretString, "theirs");
});
