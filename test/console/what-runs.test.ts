import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo } from "../support/browser.ts";
import { allow, createRole } from "../support/clients.ts";
import { consoleOfTests } from "../support/console.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { waitForTask } from "../support/tasks.ts";
import { until } from "../support/until.ts";

const skip = await skipUnless("chromium", "docker");
const secret = "swordfish-of-the-console";
const program = 'echo "started with $KEY"; trap "exit 0" TERM; while :; do sleep 1; done & wait';

const targetGroupArn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/shop/6d0ecf831eec9f09";

const mine = consoleOfTests({
  skip,
  runtime: "docker",
  expected: [/ERR_CONNECTION_REFUSED/],
  async prepare(clients) {
    const { ecs, ssm, logs } = clients;
    const image = await importHttpdImage(await connectDocker());
    const executionRoleArn = await createRole(clients, "reader", [
      allow(["ssm:GetParameters", "kms:Decrypt", "logs:CreateLogStream", "logs:PutLogEvents"]),
    ]);
    await ssm.putParameter({ Name: "/shop/key", Value: secret, Type: "SecureString" });
    await logs.createLogGroup({ logGroupName: "/shop" });
    await ecs.registerTaskDefinition({
      family: "shop",
      executionRoleArn,
      containerDefinitions: [
        {
          ...{ name: "web", image, memory: 64, command: ["sh", "-c", program] },
          portMappings: [{ containerPort: 80 }],
          secrets: [{ name: "KEY", valueFrom: "/shop/key" }],
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/shop", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" },
          },
        },
      ],
    });
  },
});
const { go, button, dialogButton, tab, heading, looked } = mine;

test("a cluster is created and deleted", { skip, timeout: 240_000 }, async () => {
  const { page } = mine;
  await go("/ecs/clusters");
  await heading("Clusters");
  await page.getByRole("link", { name: "default" }).waitFor();
  await looked("clusters");
  await button("Create cluster").click();
  await heading("Create cluster");
  await button("Create").click();
  await page.getByText("1 to 255 letters").nth(1).waitFor();
  await page.getByLabel("Cluster name").fill("shop-2");
  await looked("create-cluster");
  await button("Create").click();
  await heading("shop-2");
  await page.getByText("Cluster shop-2 has been created.").waitFor();
  await page.getByText("No services to display.").waitFor();
  await looked("cluster-empty");
  await button("Delete cluster").click();
  await page.getByLabel(/To confirm, type/).fill("delete shop-2");
  await dialogButton("Delete").click();
  await page.getByText("Cluster shop-2 has been deleted.").waitFor();
});

test("a task is run, read, entered and stopped", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  await go("/ecs/clusters/default/run-task");
  await heading("Run new task");
  await page.getByRole("button", { name: /Family/ }).click();
  await page.getByRole("option", { name: "shop" }).click();
  await page.getByLabel("Turn on ECS Exec").check();
  await page.getByLabel(/^Task group/).fill("by-hand");
  await looked("run-task");
  await button("Create").click();
  await page.waitForURL(/\/tasks\/[0-9a-f]{32}/);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await waitForTask(clients.ecs, id, "RUNNING");
  await heading("Timeline");
  await page.getByText("by-hand").waitFor();
  await looked("task");

  await tab("Secrets");
  await page.getByRole("link", { name: "/shop/key" }).waitFor();
  await page.getByText("Told by the task's agent.").waitFor();
  await looked("task-secrets");

  await tab("Logs");
  await page.getByText("started with ***").waitFor();
  assert.equal((await page.content()).includes(secret), false);
  await looked("task-logs");

  await tab("Terminal");
  await button("Connect").click();
  await page.getByText("Connected", { exact: true }).waitFor();
  await page.keyboard.type("echo hi-$((40+2)); printf '\\033[31mred\\033[0m\\n'");
  await page.keyboard.press("Enter");
  await page.locator(".app-terminal-line", { hasText: /^hi-42/ }).waitFor();
  await looked("task-terminal");
  await page.keyboard.type("exit 7");
  await page.keyboard.press("Enter");
  await page.getByText("The command ended with exit code 7").waitFor();

  await tab("Networking");
  await page
    .getByText(/^0\.0\.0\.0:\d+$/)
    .first()
    .waitFor();
  await button("Stop").click();
  await page.getByLabel(/^Reason/).fill("<img onerror=alert(1) src=x> enough");
  await dialogButton("Stop").click();
  await page.getByText("<img onerror=alert(1) src=x> enough").first().waitFor();
  await waitForTask(clients.ecs, id, "STOPPED");
  await tab("Configuration");
  await page.getByText("Containers stopped").waitFor();
  await looked("task-stopped");
});

test("a service is created, deploys anew by clicks, and shows old and new tasks with their versions", {
  skip,
  timeout: 240_000,
}, async () => {
  const { clients, page } = mine;
  await go("/ecs/create-service?taskDefinition=shop:1");
  await heading("Create service");
  await page.getByLabel("Service name").fill("shop");
  await page.getByLabel("Pin secrets").check();
  await page.getByRole("button", { name: /Task placement/ }).click();
  await page.getByRole("option", { name: "Custom" }).click();
  await button("Add constraint").click();
  await page.getByLabel("Expression", { exact: true }).fill("attribute:ecs.os-type == linux");
  await button("Add load balancer").click();
  await button("Create").click();
  await page.getByText("This field is required").first().waitFor();
  await page.getByLabel("Target group ARN or load balancer name").fill(targetGroupArn);
  assert.equal(await page.getByLabel("Container port").inputValue(), "80");
  await looked("create-service");
  await button("Create").click();
  await heading("Service overview");
  await page.getByText("1/1 tasks running").first().waitFor({ timeout: 60_000 });
  await page.getByText("Success", { exact: true }).first().waitFor({ timeout: 60_000 });
  const { services = [] } = await clients.ecs.describeServices({ services: ["shop"] });
  assert.deepEqual(services[0]?.placementConstraints, [
    { type: "memberOf", expression: "attribute:ecs.os-type == linux" },
  ]);
  assert.deepEqual(services[0]?.loadBalancers, [{ targetGroupArn, containerName: "web", containerPort: 80 }]);

  await clients.ssm.putParameter({ Name: "/shop/key", Value: `${secret}-2`, Type: "SecureString", Overwrite: true });
  await page.getByText("1 task holds an older version of a secret").waitFor();
  await looked("service-stale");
  await button("Force new deployment").click();
  await page.getByRole("dialog").getByRole("button", { name: "Force new deployment" }).click();
  await page.getByText("A new deployment of shop has begun.").waitFor();
  await page.getByText("1 task holds an older version of a secret").waitFor({ state: "hidden", timeout: 90_000 });
  const rows = page.locator(".app-timeline tbody tr");
  await rows.filter({ hasText: "Old" }).filter({ hasText: "Stopped" }).waitFor({ timeout: 90_000 });
  assert.match((await rows.filter({ hasText: "New" }).first().textContent()) ?? "", /\/shop\/key\s*2\s*Current/);
  await looked("service-timeline");

  await tab("Tasks");
  await page.getByText("1 current").waitFor();
  await tab("Logs");
  await page.getByText("started with ***").nth(1).waitFor();
  await looked("service-logs");
  await tab("Events");
  await page.getByText("has reached a steady state").first().waitFor();
  await looked("service-events");
  await tab("Configuration and networking");
  await page.getByText("Deployment circuit breaker").waitFor();
  await page.getByText(targetGroupArn).waitFor();
  await looked("service-configuration");
  await tab("Tags");
  await page.getByText("sealift:pin-secrets").waitFor();

  await button("Update service").click();
  await heading("Update shop");
  assert.equal(await page.getByLabel("Pin secrets").isChecked(), true);
  await page.getByLabel("Desired tasks").fill("2");
  await button("Add load balancer").click();
  await page
    .getByRole("button", { name: /Load balancing: Type/ })
    .last()
    .click();
  await page.getByRole("option", { name: "Classic Load Balancer" }).click();
  await page.getByLabel("Target group ARN or load balancer name").last().fill("old");
  await looked("update-service");
  await button("Update").click();
  await page.getByText("2/2 tasks running").first().waitFor({ timeout: 60_000 });
  const updated = await clients.ecs.describeServices({ services: ["shop"] });
  assert.deepEqual(updated.services?.[0]?.loadBalancers, [
    { targetGroupArn, containerName: "web", containerPort: 80 },
    { loadBalancerName: "old", containerName: "web", containerPort: 80 },
  ]);
});

test("a deployment that fails is rolled back by a click", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  const { ecs } = clients;
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: "shop:1" });
  const [container] = taskDefinition?.containerDefinitions ?? [];
  const { family = "", executionRoleArn } = taskDefinition ?? {};
  await ecs.createService({ serviceName: "back", taskDefinition: "shop:1", desiredCount: 1 });
  await go("/ecs/clusters/default/services/back");
  await until(
    "the first deployment has succeeded",
    async () => {
      const { serviceDeployments = [] } = await ecs.listServiceDeployments({ service: "back" });
      return serviceDeployments[0]?.status === "SUCCESSFUL";
    },
    { seconds: 60, pause: 200 },
  );
  await ecs.registerTaskDefinition({
    ...{ family, executionRoleArn },
    containerDefinitions: [{ ...container, image: "127.0.0.1:1/there-is-none:1" }],
  });
  await ecs.updateService({ service: "back", taskDefinition: "shop:2" });
  const id = await until("the second deployment has begun", async () => {
    const { serviceDeployments = [] } = await ecs.listServiceDeployments({ service: "back" });
    return serviceDeployments.length === 2 && serviceDeployments[0]?.serviceDeploymentArn?.split("/").at(-1);
  });
  // Until the page has read again, its button is the first deployment's.
  await heading(new RegExp(id));
  await button("Roll back").click();
  await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
  await page.getByText("The rollback has begun.").waitFor();
  await page.getByText("Rolled back", { exact: true }).first().waitFor({ timeout: 60_000 });
  await page.getByText("Service deployment stopped by user").first().waitFor();
  await looked("service-rolled-back");

  await tab("Tags");
  await button("Manage tags").click();
  await button("Add new tag").click();
  await page.getByRole("textbox", { name: "Key", exact: true }).fill("team");
  await page.getByRole("textbox", { name: "Value", exact: true }).fill("web@shop: 1");
  await button("Save changes").click();
  await page.getByText("web@shop: 1", { exact: true }).filter({ visible: true }).first().waitFor();
});

test("a container instance is drained and made active again", { skip, timeout: 240_000 }, async () => {
  const { page } = mine;
  await go("/ecs/clusters/default?tab=infrastructure");
  await page.locator("a[href*=container-instances]").first().click();
  await heading("Container instance overview");
  await page.getByText("Agent connected").waitFor();
  await looked("container-instance");
  await button("Drain").click();
  await page.getByRole("dialog").getByRole("button", { name: "Drain" }).click();
  await page.getByText("Draining").waitFor();
  await button("Activate").click();
  await page.getByRole("dialog").getByRole("button", { name: "Activate" }).click();
  await page.getByText("Active", { exact: true }).waitFor();
});

test("the pages are whole in Chinese, in the dark, and say what is denied", { skip, timeout: 240_000 }, async () => {
  const { clients } = mine;
  await clients.iam.createUser({ UserName: "guest" });
  await using theirs = await mine.openInChinese();
  await mine.signInAsGuest(theirs, "/ecs/clusters/default/services/shop", "service-denied-zh-dark");
  await theirs.page.getByText("服务概述").waitFor();
  await theirs.page.getByText("的时间线").waitFor();
  await theirs.page.locator(".app-timeline").waitFor();
  await theirs.picture("service-zh-dark");
  assert.deepEqual(await theirs.barriers(), []);
});

test("the server stops within seconds while pages follow logs and hold a terminal open", {
  skip,
  timeout: 240_000,
}, async () => {
  const { clients, page, sealift } = mine;
  await clients.ecs.createService({ serviceName: "followed", taskDefinition: "shop:1", desiredCount: 1 });
  const { tasks = [] } = await clients.ecs.runTask({ taskDefinition: "shop:1", enableExecuteCommand: true });
  const id = tasks[0]?.taskArn?.split("/").at(-1) ?? "";
  await waitForTask(clients.ecs, id, "RUNNING");
  const other = await page.context().newPage();
  await goTo(other, `${sealift.endpoint}/console/us-east-1/ecs/clusters/default/services/followed?tab=logs`);
  await other.getByText("started with ***").first().waitFor({ timeout: 60_000 });
  await go(`/ecs/clusters/default/tasks/${id}`);
  await heading("Timeline");
  await tab("Terminal");
  await button("Connect").click();
  await page.getByText("Connected", { exact: true }).waitFor();
  await page.keyboard.type("echo hi-$((40+2)); sleep 1000");
  await page.keyboard.press("Enter");
  await page.locator(".app-terminal-line", { hasText: /^hi-42/ }).waitFor();
  const start = performance.now();
  assert.equal(await sealift.end("SIGTERM"), 0, sealift.stderr());
  const seconds = (performance.now() - start) / 1_000;
  assert.ok(seconds < 10, `it took ${seconds} seconds`);
});
