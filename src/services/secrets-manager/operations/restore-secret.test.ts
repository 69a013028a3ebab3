import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  RestoreSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, millisecondsOfDay, testSecrets } from "../secrets-manager.fixture.ts";

const SecretId = "db";

testSecrets("RestoreSecret cancels a deletion, and leaves a secret that has none as it is", async ({ client }) => {
  const { ARN } = await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: "a" }));
  await client.send(new DeleteSecretCommand({ SecretId }));
  for (let count = 0; count < 2; count++) {
    const restored = await client.send(new RestoreSecretCommand({ SecretId }));
    assert.deepEqual([restored.ARN, restored.Name], [ARN, SecretId]);
    assert.ok(!("DeletedDate" in (await client.send(new DescribeSecretCommand({ SecretId })))));
  }
  assert.equal((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString, "a");
});

testSecrets("RestoreSecret refuses a secret whose recovery window is over", async ({ client, clock }) => {
  await client.send(new CreateSecretCommand({ Name: SecretId }));
  await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  clock.advance(7 * millisecondsOfDay);
  await assertRefused(client.send(new RestoreSecretCommand({ SecretId })), "ResourceNotFoundException");
});
