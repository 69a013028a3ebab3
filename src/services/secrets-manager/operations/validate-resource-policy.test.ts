import assert from "node:assert/strict";
import { CreateSecretCommand, ValidateResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { assertRefused, otherPolicy, testSecrets } from "../secrets-manager.fixture.ts";

testSecrets(
  "ValidateResourcePolicy passes a narrow policy and names what is wrong with a broad one",
  async (setting) => {
    const { client, asked } = setting;
    const validate = (ResourcePolicy: string, SecretId?: string) =>
      client.send(new ValidateResourcePolicyCommand({ ResourcePolicy, SecretId }));
    const passed = await validate(otherPolicy);
    assert.deepEqual([passed.PolicyValidationPassed, passed.ValidationErrors], [true, []]);
    assert.deepEqual(asked, [
      { action: "secretsmanager:ValidateResourcePolicy", resource: "*" },
      { action: "secretsmanager:PutResourcePolicy", resource: "*" },
    ]);
    const broad = await validate(otherPolicy.replace('{"AWS":"111122223333"}', '"*"'));
    assert.deepEqual([broad.PolicyValidationPassed, broad.ValidationErrors?.[0]?.CheckName], [false, "BroadAccess"]);
    const { ARN } = await client.send(new CreateSecretCommand({ Name: "db" }));
    await validate(otherPolicy, "db");
    assert.deepEqual(
      asked.slice(-3).map(({ action, resource, resourcePolicy }) => [action, resource, resourcePolicy?.document]),
      [
        ["secretsmanager:ValidateResourcePolicy", ARN, undefined],
        ["secretsmanager:PutResourcePolicy", ARN, undefined],
        ["secretsmanager:PutResourcePolicy", ARN, otherPolicy],
      ],
    );
  },
);

testSecrets("ValidateResourcePolicy refuses a missing secret and a syntax error", async ({ client }) => {
  const missing = new ValidateResourcePolicyCommand({ SecretId: "db", ResourcePolicy: otherPolicy });
  await assertRefused(client.send(missing), "ResourceNotFoundException");
  const broken = new ValidateResourcePolicyCommand({ ResourcePolicy: "{" });
  await assertRefused(
    client.send(broken),
    "MalformedPolicyDocumentException",
    "This resource policy contains a syntax error.",
  );
});
