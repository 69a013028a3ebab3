import assert from "node:assert/strict";
import { test } from "node:test";
import { consoleOfTests } from "../support/console.ts";
import { skipUnless } from "../support/require.ts";
import { until } from "../support/until.ts";

const skip = await skipUnless("chromium");
const timeout = 240_000;

const mine = consoleOfTests({ skip, runtime: "process" });
const { go, heading, button } = mine;

/** Members that the form has no fields for, at every depth. */
const rest = {
  ulimits: [{ name: "nofile", softLimit: 10, hardLimit: 20 }],
  healthCheck: { command: ["CMD", "true"], retries: 2 },
  dockerLabels: { "sealift.x": "<img src=x onerror=alert(1)>" },
};
const definition = {
  family: "kept",
  volumes: [{ name: "data" }],
  containerDefinitions: [{ name: "web", image: "httpd", memory: 64, ...rest }],
};

async function open(document: object): Promise<void> {
  await go("/ecs/clusters");
  await heading("Clusters");
  await go("/ecs/create-task-definition?view=json");
  await heading("Create new task definition");
  await mine.page.locator("textarea").filter({ visible: true }).first().fill(JSON.stringify(document));
}

const form = () => mine.page.getByRole("button", { name: "Form", exact: true }).click();

test("what the form has no field for is registered as it was written", { skip, timeout }, async () => {
  const { page, clients } = mine;
  await open(definition);
  await form();
  await page.getByLabel(/^Image URI/).fill("nginx");
  await button("Create").click();
  await page.getByText("kept:1").first().waitFor();
  const { taskDefinition } = await clients.ecs.describeTaskDefinition({ taskDefinition: "kept" });
  assert.deepEqual(taskDefinition?.volumes?.[0]?.name, "data");
  const [{ ulimits, healthCheck, dockerLabels, image } = {}] = taskDefinition?.containerDefinitions ?? [];
  assert.equal(image, "nginx");
  assert.deepEqual({ ulimits, dockerLabels }, { ulimits: rest.ulimits, dockerLabels: rest.dockerLabels });
  assert.deepEqual([healthCheck?.command, healthCheck?.retries], [["CMD", "true"], 2]);
});

test("a member that the API would pass over is named at any depth, and nothing is registered", {
  skip,
  timeout,
}, async () => {
  const { page, clients } = mine;
  const [container] = definition.containerDefinitions;
  await open({
    family: "lost",
    containerDefinitions: [{ ...container, healthCheck: { command: ["CMD"], retrys: 3 } }],
  });
  await form();
  await button("Create").click();
  await page
    .getByText(/The API does not know "retrys" here/)
    .first()
    .waitFor();
  assert.deepEqual((await clients.ecs.listTaskDefinitionFamilies({ familyPrefix: "lost" })).families, []);
});

test("the form stands whatever somebody writes into the document", { skip, timeout }, async () => {
  const { page } = mine;
  await open({ ...definition, tags: "a", containerDefinitions: [{ logConfiguration: "awslogs" }, 5] });
  await form();
  await page.getByText("The form comes back once").waitFor();
  await open({
    ...{ family: null, tags: [null], runtimePlatform: null },
    containerDefinitions: [null, { environment: [null], secrets: null, portMappings: [null], logConfiguration: null }],
  });
  await form();
  await page
    .getByLabel(/^Image URI/)
    .first()
    .fill("nginx");
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const text = page.locator("textarea").filter({ visible: true }).first();
  await until("the document has what was typed", async () => (await text.inputValue()).includes('"nginx"'));
});
