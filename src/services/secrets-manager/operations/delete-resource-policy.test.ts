import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertNotOutrun, assertRefused, otherPolicy, testSecrets } from "../secrets-manager.fixture.ts";

const SecretId = "db";

testSecrets("DeleteResourcePolicy removes the policy, and may find none", async ({ client }) => {
  const { ARN } = await client.send(new CreateSecretCommand({ Name: SecretId }));
  await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: otherPolicy }));
  for (let count = 0; count < 2; count++) {
    const deleted = await client.send(new DeleteResourcePolicyCommand({ SecretId }));
    assert.deepEqual([deleted.ARN, deleted.Name], [ARN, SecretId]);
    assert.equal((await client.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy, undefined);
  }
});

testSecrets("DeleteResourcePolicy refuses a missing secret and one that was changed meanwhile", async (setting) => {
  const { client } = setting;
  const remove = () => client.send(new DeleteResourcePolicyCommand({ SecretId }));
  await assertRefused(remove(), "ResourceNotFoundException");
  await client.send(new CreateSecretCommand({ Name: SecretId }));
  await assertNotOutrun(setting, "DeleteResourcePolicy", remove);
  assert.equal((await client.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy, otherPolicy);
});
