import assert from "node:assert/strict";
import { CreateSecretCommand, DescribeSecretCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { own, testRotation } from "../rotation/rotation.fixture.ts";
import { assertRefused, replaceSecret, testSecrets, token } from "../secrets-manager.fixture.ts";

testSecrets("DescribeSecret shows a secret and its versions, and never a value", async ({ client, clock }) => {
  const createdAt = clock.now();
  const Tags = [{ Key: "team", Value: "orders" }];
  const first = { SecretString: "s3cret", ClientRequestToken: token("a") };
  const { ARN } = await client.send(new CreateSecretCommand({ Name: "db", Description: "orders", Tags, ...first }));
  clock.advance(1000);
  await client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "b", ClientRequestToken: token("b") }));
  const { $metadata: _, ...described } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.deepEqual(described, {
    ARN,
    Name: "db",
    Description: "orders",
    Tags,
    CreatedDate: createdAt,
    LastChangedDate: clock.now(),
    VersionIdsToStages: { [token("a")]: ["AWSPREVIOUS"], [token("b")]: ["AWSCURRENT"] },
  });
});

testSecrets("DescribeSecret refuses a secret that is not there", async ({ client }) => {
  await assertRefused(client.send(new DescribeSecretCommand({ SecretId: "db" })), "ResourceNotFoundException");
});

testRotation("DescribeSecret shows what was authorised, its rotation included", async (setting) => {
  const { client, onceAuthorised, rotate, describe } = setting;
  const { ARN } = await client.send(new CreateSecretCommand({ Name: "db" }));
  onceAuthorised("secretsmanager:DescribeSecret", () => replaceSecret(setting));
  assert.equal((await client.send(new DescribeSecretCommand({ SecretId: "db" }))).ARN, ARN);
  onceAuthorised("secretsmanager:DescribeSecret", () => rotate());
  assert.equal((await describe()).RotationLambdaARN, undefined);
  assert.equal((await describe()).RotationLambdaARN, own);
});
