import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, createRole } from "../support/clients.ts";
import { consoleOfTests } from "../support/console.ts";
import { skipUnless } from "../support/require.ts";

const skip = await skipUnless("chromium");
const value = "hunter2-of-the-verdicts";

const mine = consoleOfTests({
  skip,
  runtime: "process",
  async prepare(clients) {
    const { ecs, secretsManager: secrets, ssm, kms } = clients;
    const executionRoleArn = await createRole(clients, "reader", [allow(["ssm:GetParameters"])]);
    await ssm.putParameter({ Name: "/shop/key", Value: value, Type: "SecureString" });
    const { KeyMetadata } = await kms.createKey({});
    const { ARN = "" } = await secrets.createSecret({
      ...{ Name: "shop/db", SecretString: value, KmsKeyId: KeyMetadata?.Arn },
    });
    const container = { name: "web", image: "web", memory: 64 };
    await ecs.registerTaskDefinition({ family: "shop", executionRoleArn, containerDefinitions: [container] });
    await ecs.registerTaskDefinition({
      family: "shop",
      executionRoleArn,
      containerDefinitions: [
        {
          ...container,
          environment: [{ name: "API_PASSWORD", value }],
          secrets: [
            { name: "KEY", valueFrom: "/shop/key" },
            { name: "DB", valueFrom: ARN },
            { name: "WRONG", valueFrom: `${ARN.slice(0, -6)}XxXxXx` },
            { name: "GONE", valueFrom: "/shop/gone" },
          ],
        },
      ],
    });
  },
});
const { go, looked } = mine;
const row = (name: string) =>
  mine.page.getByRole("row").filter({ hasText: new RegExp(`${name}\\s*Environment variable`) });

test("a revision says of each reference whether it resolves, and adds what is missing", {
  skip,
  timeout: 240_000,
}, async () => {
  const { clients, page } = mine;
  await go("/ecs/task-definitions/shop/2");
  await row("KEY").getByText("Resolves", { exact: true }).waitFor();
  await row("DB")
    .getByText(/may not call secretsmanager:GetSecretValue/)
    .waitFor();
  await row("WRONG").getByText("secret-arn-suffix").waitFor();
  await row("GONE").getByText('There is no parameter "/shop/gone" in us-east-1.').waitFor();
  await looked("task-definition-verdicts");
  await row("DB").getByRole("button", { name: "Add permission" }).click();
  await page.getByLabel("Policy document").waitFor();
  const { PolicyNames: before } = await clients.iam.listRolePolicies({ RoleName: "reader" });
  assert(!before?.includes("ecs-shop"), "Nothing is added before it is confirmed");
  await mine.picture("task-definition-add-permission");
  await page.getByRole("dialog").getByRole("button", { name: "Add permission" }).click();
  await row("DB").getByText("Resolves", { exact: true }).waitFor();
  const { PolicyDocument = "" } = await clients.iam.getRolePolicy({ RoleName: "reader", PolicyName: "ecs-shop" });
  const actions = JSON.parse(decodeURIComponent(PolicyDocument)).Statement.map(
    ({ Action }: { Action: string }) => Action,
  );
  assert.deepEqual(actions, ["secretsmanager:GetSecretValue", "kms:Decrypt"]);
});

test("a value in plain text moves to Secrets Manager with a new revision", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  await page.getByText("1 value looks like a secret in plain text").waitFor();
  await page.getByRole("button", { name: "Move to Secrets Manager: API_PASSWORD" }).click();
  await looked("task-definition-move");
  await page.getByRole("dialog").getByRole("button", { name: "Move to Secrets Manager" }).click();
  await row("API_PASSWORD").getByText("secret-denied").waitFor();
  const { taskDefinition } = await clients.ecs.describeTaskDefinition({ taskDefinition: "shop:3" });
  const [container] = taskDefinition?.containerDefinitions ?? [];
  assert.deepEqual(container?.environment, []);
  const { SecretString } = await clients.secretsManager.getSecretValue({ SecretId: "shop/web/API_PASSWORD" });
  assert.equal(SecretString, value);
  assert(!(await page.content()).includes(value), "The value is not on the page");
});

test("two revisions are compared member by member", { skip, timeout: 240_000 }, async () => {
  const { page } = mine;
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  const change = page.getByRole("row").filter({ hasText: "containerDefinitions.web.secrets.API_PASSWORD" });
  await change.getByText("Added").waitFor();
  await page.getByRole("row").filter({ hasText: "environment.API_PASSWORD" }).getByText("Removed").waitFor();
  await looked("task-definition-compare");
});
