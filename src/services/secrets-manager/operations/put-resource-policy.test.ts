import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  ValidateResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, replaceSecret, testSecrets } from "../secrets-manager.fixture.ts";

function policy(principal: unknown, extra: object = {}, effect = "Allow"): string {
  const statement = { Effect: effect, Principal: principal, Action: "secretsmanager:*", Resource: "*", ...extra };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const narrow = policy({ AWS: "arn:aws:iam::111122223333:root" });
const broad = policy("*");
const narrowed = policy("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } });

const blocked: [name: string, document: string, error: string | undefined][] = [
  ["one account", narrow, undefined],
  ["everyone under a condition", narrowed, undefined],
  ["everyone", broad, "PublicPolicyException"],
  ["everyone as AWS", policy({ AWS: "*" }), "PublicPolicyException"],
  ["everyone a denial", policy("*", {}, "Deny"), undefined],
];

testSecrets(
  "PutResourcePolicy keeps the text, GetResourcePolicy shows it, DeleteResourcePolicy removes it",
  async ({ client, asked }) => {
    const { ARN } = await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
    const get = async () => (await client.send(new GetResourcePolicyCommand({ SecretId: "db" }))).ResourcePolicy;
    assert.equal(await get(), undefined);
    await client.send(new PutResourcePolicyCommand({ SecretId: "db", ResourcePolicy: narrow }));
    assert.equal(await get(), narrow);
    await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    assert.deepEqual(asked.at(-1)?.resourcePolicy, { name: ARN, document: narrow, rule: "either" });
    await client.send(new DeleteResourcePolicyCommand({ SecretId: "db" }));
    assert.equal(await get(), undefined);
  },
);

for (const [name, ResourcePolicy, error] of blocked) {
  testSecrets(
    `PutResourcePolicy with BlockPublicPolicy answers ${error ?? "success"} for ${name}`,
    async ({ client }) => {
      await client.send(new CreateSecretCommand({ Name: "db" }));
      const put = (BlockPublicPolicy: boolean) =>
        client.send(new PutResourcePolicyCommand({ SecretId: "db", ResourcePolicy, BlockPublicPolicy }));
      if (error) await assertRefused(put(true), error);
      else await put(true);
      await put(false);
      const { PolicyValidationPassed } = await client.send(new ValidateResourcePolicyCommand({ ResourcePolicy }));
      assert.equal(PolicyValidationPassed, error === undefined);
    },
  );
}

testSecrets("PutResourcePolicy refuses syntax errors and what would lock the caller out", async ({ client, state }) => {
  await client.send(new CreateSecretCommand({ Name: "db" }));
  const put = (ResourcePolicy: string) => client.send(new PutResourcePolicyCommand({ SecretId: "db", ResourcePolicy }));
  for (const bad of ["{", "[]", policy("*", {}, "AllowSomething")]) {
    await assertRefused(put(bad), "MalformedPolicyDocumentException", "This resource policy contains a syntax error.");
  }
  state.deny = ({ resourcePolicy }) => (resourcePolicy?.document.includes("Deny") ? "denied" : undefined);
  const message = "Your requested changes will not allow you to manage this secret in the future.";
  await assertRefused(put(policy("*", {}, "Deny")), "InvalidParameterException", message);
  const validated = await client.send(
    new ValidateResourcePolicyCommand({ SecretId: "db", ResourcePolicy: policy("*", {}, "Deny") }),
  );
  assert.deepEqual(
    validated.ValidationErrors?.map(({ ErrorMessage }) => ErrorMessage),
    [message],
  );
});

testSecrets("PutResourcePolicy is refused if the secret was changed meanwhile", async (setting) => {
  const { client, onceAuthorised } = setting;
  await client.send(new CreateSecretCommand({ Name: "db" }));
  const put = () => client.send(new PutResourcePolicyCommand({ SecretId: "db", ResourcePolicy: narrow }));
  const tag = new TagResourceCommand({ SecretId: "db", Tags: [{ Key: "team", Value: "red" }] });
  onceAuthorised("secretsmanager:PutResourcePolicy", () => client.send(tag));
  await assertRefused(put(), "InvalidRequestException", /was changed while/);
  onceAuthorised("secretsmanager:PutResourcePolicy", () => replaceSecret(setting));
  await assertRefused(put(), "ResourceNotFoundException");
  const { ResourcePolicy } = await client.send(new GetResourcePolicyCommand({ SecretId: "db" }));
  assert.equal(ResourcePolicy, undefined);
});
