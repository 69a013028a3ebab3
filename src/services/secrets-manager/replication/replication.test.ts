import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  ReplicateSecretToRegionsCommand,
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

testSecrets("a secret without a value is replicated, and gets its first one in both regions", async (setting) => {
  const { client, clientIn } = setting;
  await client.send(new CreateSecretCommand({ Name: SecretId, AddReplicaRegions: [{ Region }] }));
  await assertRefused(readValue(clientIn(Region)), "ResourceNotFoundException", /staging label: AWSCURRENT$/);
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: "one" }));
  assert.equal(await readValue(clientIn(Region)), "one");
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
