import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { consoleOfTests } from "../support/console.ts";
import { signInByLink } from "../support/console-sign-in.ts";
import { makeHostileThings } from "../support/hostile-names.ts";
import { assertNothingCutOff } from "../support/layout.ts";
import { skipUnless } from "../support/require.ts";

const skip = await skipUnless("chromium");

interface Routed {
  readonly routes: readonly { readonly path: string }[];
}

/** The console's own list of pages. Its types are those of a browser. */
const { subjects }: { readonly subjects: readonly Routed[] } = await import(
  join(import.meta.dirname, "../../console/src/pages/index.ts")
);

let names: Readonly<Record<string, string>> = {};
const mine = consoleOfTests({
  skip,
  runtime: "process",
  prepare: async (clients, sealift) => {
    names = await makeHostileThings(clients, sealift);
  },
});
const { go, heading } = mine;

/** A desk, a tablet either way, and 200 % zoom on a desk. */
const screens = [
  { width: 1280, height: 720 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 640, height: 360 },
];

/** The address of a route, with the thing of the worst name in the place of each parameter. */
function addressOf(path: string): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, parameter: string) => {
    const kind = path.startsWith("secretsmanager")
      ? "secret"
      : path.startsWith("cloudwatch") && parameter === "group"
        ? "logGroup"
        : parameter;
    const name = names[kind];
    assert.ok(name, `a ${kind} for ${path}`);
    return encodeURIComponent(name);
  });
  return `/${filled}`;
}

/** One page of each kind, on which axe looks for barriers at 200 % zoom. */
const kinds = new Set([
  "ecs/clusters",
  "ecs/clusters/:cluster/services/:service",
  "iam/create-role",
  "systems-manager/create-parameter",
  "systems-manager/parameters/:name",
]);

test("no page cuts anything off on any screen, whatever the names", { skip, timeout: 580_000 }, async () => {
  const { page, barriers } = mine;
  for (const { path } of subjects.flatMap(({ routes }) => routes)) {
    await go(addressOf(path));
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.getByText("Loading", { exact: true }).first().waitFor({ state: "detached" });
    for (const screen of screens) {
      await page.setViewportSize(screen);
      await assertNothingCutOff(page, `${path} at ${screen.width}x${screen.height}`);
    }
    if (kinds.has(path)) assert.deepEqual(await barriers(), [], path);
  }
});

test("dialogs, the wizard, messages and the search are whole at 200 % zoom, by touch", {
  skip,
  timeout: 240_000,
}, async () => {
  const zoomed = { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2, hasTouch: true };
  await using theirs = await mine.openOther(zoomed);
  const { page } = theirs;
  const looked = (what: string) => assertNothingCutOff(page, what);
  await theirs.go("/console/");
  await heading("Sign in to Sealift", page);
  await looked("the page to sign in");
  await signInByLink(theirs, mine.sealift);
  const tap = (name: string | RegExp, root: Pick<Page, "getByRole"> = page) =>
    root.getByRole("button", { name, exact: true }).filter({ visible: true }).first().tap();
  const dialog = page.getByRole("dialog");

  await go(addressOf("systems-manager/parameters/:name"), page);
  await tap("Delete");
  await dialog.getByRole("textbox").fill("delete");
  await looked("the dialog that deletes");
  await tap("Delete", dialog);
  await heading("My parameters", page);

  await go("/secretsmanager/new-secret", page);
  await page.getByRole("textbox", { name: "Key", exact: true }).fill("<img src=x onerror=alert(1)>");
  await page.getByRole("textbox", { name: "Value", exact: true }).fill("me");
  await tap("Generate password");
  await looked("the dialog that makes a password");
  await tap("Cancel", dialog);
  await tap("Next");
  await page.getByLabel("Secret name").filter({ visible: true }).fill("V".repeat(512));
  for (const name of ["Next", "Next", "Store"]) {
    await looked(`the wizard before ${name}`);
    await tap(name);
  }
  await page
    .getByText(/^You have stored the secret/)
    .first()
    .waitFor();
  await looked("a message of success");

  await tap("Search");
  await page.getByRole("combobox", { name: "Search pages and resources" }).filter({ visible: true }).fill("WW");
  await page.getByRole("option", { name: /W{20}/ }).first().waitFor();
  await looked("the search");
  await page
    .getByRole("option", { name: /^W{64}/ })
    .first()
    .tap();
  await heading(/^W{64}/, page);
  await tap("Close search");
  await tap(/^root/);
  await page.getByRole("menuitem", { name: "Switch role" }).filter({ visible: true }).first().tap();
  await dialog.getByLabel("IAM role name").fill("W".repeat(64));
  await tap("Switch role", dialog);
  await dialog.getByText(/is not authorized to perform: sts:AssumeRole|Roles may not be assumed by root/).waitFor();
  await looked("the dialog that switches the role");
  await tap("Cancel", dialog);
});
