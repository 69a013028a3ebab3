import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { consoleOfTests } from "../support/console.ts";
import { skipUnless } from "../support/require.ts";

const skip = await skipUnless("chromium");
const timeout = 240_000;

const mine = consoleOfTests({ skip, runtime: "process" });
const { go, heading } = mine;
const press = (key: string) => mine.page.keyboard.press(key);
const type = (text: string) => mine.page.keyboard.insertText(text);
const role = (kind: "button" | "textbox" | "link" | "radio" | "checkbox" | "combobox", name: string | RegExp) =>
  mine.page.getByRole(kind, { name, exact: true }).filter({ visible: true }).first();

const isFocused = (target: Locator) =>
  target.evaluate((element) => element === element.ownerDocument.activeElement).catch(() => false);

/** Presses Tab until this has the focus, as somebody without a mouse does. */
async function tabTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await isFocused(target)) return;
    await press(key);
  }
  assert.fail(`60 times ${key} do not lead to ${target}`);
}

/** The focused element of the page in words. */
const focused = () =>
  mine.page.evaluate(() => {
    const { activeElement } = (
      globalThis as unknown as { document: { activeElement: { tagName: string; textContent: string } } }
    ).document;
    return `${activeElement.tagName} ${activeElement.textContent}`;
  });

test("a page that is opened gets the focus at its heading; focus is seen", { skip, timeout }, async () => {
  const link = role("link", "Parameter Store");
  await tabTo(link);
  const before = await mine.page.screenshot();
  await press("Tab");
  assert.notDeepEqual(await mine.page.screenshot(), before, "the focus is seen");
  await press("Shift+Tab");
  await press("Enter");
  await heading("My parameters");
  assert.match(await focused(), /^H1 My parameters/);
});

test("a parameter is created and deleted without a mouse", { skip, timeout }, async () => {
  await tabTo(role("button", "Create parameter"));
  await press("Enter");
  await heading("Create parameter");
  assert.match(await focused(), /^H1 Create parameter/);
  await tabTo(role("textbox", "Name"));
  await type("/shop/key");
  await tabTo(role("radio", /^String\b/));
  await press("ArrowDown");
  await press("ArrowDown");
  assert.equal(await role("radio", /^SecureString/).isChecked(), true);
  await tabTo(role("textbox", "Value"));
  await type("swordfish");
  await tabTo(role("button", "Create parameter"));
  await press("Enter");
  await heading("/shop/key");
  assert.match(await focused(), /^H1 \/shop\/key/);

  const remove = role("button", "Delete");
  await tabTo(remove);
  await press("Enter");
  const dialog = mine.page.getByRole("dialog");
  await dialog.waitFor();
  for (let pressed = 0; pressed < 6; pressed++) {
    await press("Tab");
    assert.equal(await dialog.locator(":focus").count(), 1, "the focus stays in the dialog");
  }
  await press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await isFocused(remove), true, "the focus goes back to the button");
  await press("Enter");
  await tabTo(dialog.getByRole("textbox"));
  await type("delete");
  await press("Enter");
  await heading("My parameters");
});

test("a secret is stored in its wizard without a mouse", { skip, timeout }, async () => {
  await go("/secretsmanager/new-secret");
  await heading("Secret value");
  await tabTo(role("textbox", "Key"));
  await type("user");
  await tabTo(role("textbox", "Value"));
  await type("me");
  for (const step of ["Configure secret", "Configure rotation", "Review"]) {
    await tabTo(role("button", "Next"));
    await press("Enter");
    await heading(step);
    if (step === "Configure secret") {
      await tabTo(role("textbox", "Secret name"));
      await type("shop/db");
    }
  }
  await tabTo(role("button", "Store"));
  await press("Enter");
  await heading("shop/db");
});

test("a role gets a managed and an inline policy without a mouse", { skip, timeout }, async () => {
  const { page } = mine;
  await go("/iam/create-role");
  await heading("Select trusted entity");
  await tabTo(role("button", "Next"));
  await press("Enter");
  await heading("Add permissions");
  await tabTo(page.getByPlaceholder("Find policies").filter({ visible: true }).first());
  await type("AmazonECSTaskExecutionRolePolicy");
  await page.getByText("1 match").first().waitFor();
  // The table is one stop; the arrows lead through its cells.
  const box = page.getByRole("row", { name: /AmazonECSTaskExecutionRolePolicy/ }).getByRole("checkbox");
  const cells = page.getByRole("grid").locator(":focus");
  for (let pressed = 0; pressed < 20 && (await cells.count()) === 0; pressed++) await press("Tab");
  await press("ArrowDown");
  assert.equal(await isFocused(box), true, await focused());
  await press("Space");
  assert.equal(await box.isChecked(), true);
  await tabTo(role("button", "Next"));
  await press("Enter");
  await heading("Name, review, and create");
  await tabTo(role("textbox", "Role name"));
  await type("shop");
  await tabTo(role("button", "Create role"));
  await press("Enter");
  await heading("shop");
  await tabTo(role("button", "Add permissions"));
  await press("Enter");
  await press("ArrowDown");
  await press("Enter");
  await heading("Create inline policy");
  await tabTo(role("textbox", "Policy name"));
  await type("read");
  await press("Enter");
  await role("link", "read").waitFor();
});

test("a task definition is created without a mouse", { skip, timeout }, async () => {
  const { clients } = mine;
  await go("/ecs/create-task-definition");
  await heading("Create new task definition");
  await tabTo(role("textbox", "Task definition family"));
  await type("shop");
  for (const launchType of [/AWS Fargate/, /Amazon EC2/]) {
    await tabTo(role("checkbox", launchType));
    await press("Space");
  }
  await tabTo(role("combobox", /Task execution role/));
  await type("shop");
  await mine.page.getByRole("option").first().waitFor();
  await press("ArrowDown");
  await press("Enter");
  await tabTo(role("textbox", "Name"));
  await type("web");
  await tabTo(role("textbox", /^Image URI/));
  await type("httpd");
  await tabTo(role("button", "Add environment variable"));
  await press("Enter");
  await tabTo(mine.page.getByRole("textbox", { name: "Name", exact: true }).last(), "Shift+Tab");
  await type("DB_PASSWORD");
  await tabTo(mine.page.getByRole("button", { name: /Value type/ }));
  await press("Enter");
  await press("ArrowDown");
  await press("Enter");
  await tabTo(role("button", "Browse"));
  await press("Enter");
  const dialog = mine.page.getByRole("dialog");
  await tabTo(dialog.getByRole("button", { name: /^Secret/ }).last());
  await press("Enter");
  await press("ArrowDown");
  await press("Enter");
  await tabTo(dialog.getByRole("button", { name: "Choose" }));
  await press("Enter");
  await dialog.waitFor({ state: "detached" });
  await tabTo(role("button", "Create"));
  await press("Enter");
  await mine.page.getByRole("tab", { name: "JSON" }).waitFor();
  const { taskDefinition } = await clients.ecs.describeTaskDefinition({ taskDefinition: "shop" });
  const [container] = taskDefinition?.containerDefinitions ?? [];
  assert.match(container?.secrets?.[0]?.valueFrom ?? "", /:secret:shop\/db-/);
  assert.match(taskDefinition?.executionRoleArn ?? "", /role\/shop$/);
});
