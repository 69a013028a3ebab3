import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, otherPolicy, testSecrets } from "../secrets-manager.fixture.ts";

const SecretId = "db";

testSecrets("GetResourcePolicy shows the policy, if there is one", async ({ client }) => {
  const { ARN } = await client.send(new CreateSecretCommand({ Name: SecretId }));
  const get = async () => {
    const { $metadata: _, ...shown } = await client.send(new GetResourcePolicyCommand({ SecretId }));
    return shown;
  };
  assert.deepEqual(await get(), { ARN, Name: SecretId });
  await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: otherPolicy }));
  assert.deepEqual(await get(), { ARN, Name: SecretId, ResourcePolicy: otherPolicy });
});

testSecrets("GetResourcePolicy refuses a secret that is missing or marked for deletion", async ({ client }) => {
  const get = () => client.send(new GetResourcePolicyCommand({ SecretId }));
  await assertRefused(get(), "ResourceNotFoundException");
  await client.send(new CreateSecretCommand({ Name: SecretId }));
  await client.send(new DeleteSecretCommand({ SecretId }));
  await assertRefused(get(), "InvalidRequestException", /marked for deletion/);
});
