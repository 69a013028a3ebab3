import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, createRole } from "../support/clients.ts";
import { consoleOfTests } from "../support/console.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { waitForTask } from "../support/tasks.ts";
import { until } from "../support/until.ts";

const skip = await skipUnless("chromium", "docker");
const command = ["sh", "-c", 'trap "exit 0" TERM; while :; do sleep 1; done & wait'];

const mine = consoleOfTests({
  skip,
  runtime: "docker",
  expected: [/ERR_CONNECTION_REFUSED/],
  async prepare(clients) {
    const { ecs, ssm } = clients;
    const image = await importHttpdImage(await connectDocker());
    const executionRoleArn = await createRole(clients, "reader", [allow(["ssm:GetParameters", "kms:Decrypt"])]);
    await ssm.putParameter({ Name: "/shop/key", Value: "one", Type: "SecureString" });
    const container = { name: "web", image, memory: 64, command };
    await ecs.registerTaskDefinition({
      family: "shop",
      executionRoleArn,
      containerDefinitions: [{ ...container, secrets: [{ name: "KEY", valueFrom: "/shop/key" }] }],
    });
    await ecs.registerTaskDefinition({ family: "other", containerDefinitions: [container] });
    await ecs.createService({ serviceName: "other", taskDefinition: "other", desiredCount: 0 });
    await ecs.createService({ serviceName: "shop", taskDefinition: "shop", desiredCount: 1 });
  },
});
const { go, looked } = mine;

/** The id of each service's newest deployment. */
async function deployments(): Promise<Readonly<Record<string, string | undefined>>> {
  const { services = [] } = await mine.clients.ecs.describeServices({ services: ["shop", "other"] });
  return Object.fromEntries(services.map((one) => [one.serviceName, one.deployments?.[0]?.id]));
}

test("a parameter's page says who holds an older version, and redeploys it", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  const { ecs, ssm } = clients;
  const task = await until(
    "the service has a task",
    async () => (await ecs.listTasks({ serviceName: "shop" })).taskArns?.[0],
  );
  await waitForTask(ecs, task, "RUNNING");
  await ssm.putParameter({ Name: "/shop/key", Value: "two", Overwrite: true });
  await go(`/systems-manager/parameters/${encodeURIComponent("/shop/key")}?tab=used-by`);
  await page.getByText("1 task holds an older version").waitFor();
  await page.getByText("1 of 1 tasks stale").waitFor();
  await page.getByText("Environment variable KEY").waitFor();
  await page.getByRole("link", { name: task.split("/").at(-1) ?? "" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "other", exact: true }).count(), 0);
  await looked("used-by");
  const before = await deployments();
  await page.getByRole("button", { name: "Redeploy what uses this" }).click();
  await looked("redeploy-asked");
  await page.getByRole("button", { name: "Redeploy 1 service" }).click();
  await page.getByText("Deployment started").waitFor();
  await looked("redeploy-done");
  const after = await deployments();
  assert.notEqual(after.shop, before.shop);
  assert.equal(after.other, before.other);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.getByText("1 task, not stale").waitFor({ timeout: 60_000 });
});

test("what nobody uses says so", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  const { secretsManager } = clients;
  await secretsManager.createSecret({ Name: "spare", SecretString: "nobody" });
  await go("/secretsmanager/secrets/spare?tab=used-by");
  await page.getByText("No service uses it").waitFor();
  await page.getByText("No running task uses it").waitFor();
  await page.getByText("No task definition names it").waitFor();
  await looked("used-by-nobody");
});
