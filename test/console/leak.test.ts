import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { type Canaries, canaries } from "../support/canaries.ts";
import { consoleOfTests } from "../support/console.ts";
import { skipUnless } from "../support/require.ts";

const skip = await skipUnless("chromium");
const account = "000000000000";

const mine = consoleOfTests({ skip, runtime: "process" });
const { go, button, dialogButton, tab } = mine;

/** All that a page keeps or shows. It runs in the page. */
const kept = `(async () => {
  const databases = [];
  for (const { name } of await indexedDB.databases()) databases.push(name);
  const root = document.getElementById("root");
  const container = root[Object.keys(root).find((key) => key.startsWith("__reactContainer"))];
  const queries = [];
  const mutations = [];
  const look = (fiber) => {
    for (let one = fiber; one; one = one.sibling) {
      const client = one.memoizedProps?.client;
      if (client?.getQueryCache) {
        for (const { queryKey, state } of client.getQueryCache().getAll()) queries.push([queryKey, state.data, String(state.error)]);
        for (const { state } of client.getMutationCache().getAll()) mutations.push(state);
      }
      look(one.child);
    }
  };
  look(container.child ?? container.current?.child ?? container.stateNode?.current?.child);
  return {
    address: location.href,
    title: document.title,
    history: JSON.stringify(history.state),
    storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await caches.keys(), databases, document.cookie]),
    document: document.documentElement.outerHTML,
    fields: [...document.querySelectorAll("input, textarea")].map(({ value }) => value).join("\\n"),
    queries: JSON.stringify([queries, mutations]),
    asked: queries.length,
  };
})()`;

/** Fails if something holds a canary; with `isTyped`, a field and its element may. */
async function assertNothingKept(page: Page, birds: Canaries, when: string, { isTyped = false } = {}): Promise<void> {
  const { asked, fields, document, ...rest } = (await page.evaluate(kept)) as Readonly<Record<string, string>>;
  assert.ok(Number(asked) > 0, `the query cache was found ${when}`);
  for (const [place, text] of Object.entries({ ...rest, ...(!isTyped && { fields, document }) })) {
    assert.deepEqual(birds.foundIn(text ?? ""), [], `${place} ${when}`);
  }
}

test("no secret that is typed, made or shown is in an address, a store, the query cache, a log or an event", {
  skip,
  timeout: 240_000,
}, async () => {
  const birds = canaries();
  const { clients, page, sealift } = mine;
  const told: string[] = [];
  page.context().on("console", (message) => told.push(message.text()));
  page.context().on("request", (request) => told.push(request.url(), JSON.stringify(request.headers())));
  const typed = {
    parameter: birds.keep("Canary-typed-parameter-51c2"),
    secret: birds.keep("Canary-typed-secret-90ab"),
    wrong: birds.keep("Canary-wrong-password-77d3"),
    temporary: birds.keep("Canary-temporary-password-18f6"),
    chosen: birds.keep("Canary-chosen-password-3e0a"),
  };

  await go("/systems-manager/create-parameter");
  await page.getByLabel("Name", { exact: true }).fill("/canary");
  await page.getByRole("radio", { name: /^SecureString/ }).check();
  await page.getByLabel("Value", { exact: true }).fill(typed.parameter);
  await assertNothingKept(page, birds, "while a parameter is typed", { isTyped: true });
  await button("Create parameter").click();
  await button("Show decrypted value").click();
  await page.getByText(typed.parameter).waitFor();
  await button("Hide").click();
  await assertNothingKept(page, birds, "after a parameter was hidden");

  await go("/secretsmanager/new-secret");
  await page.getByRole("textbox", { name: "Key", exact: true }).fill("password");
  await page.getByRole("textbox", { name: "Value", exact: true }).fill(typed.secret);
  await button("Next").click();
  await page.getByLabel("Secret name").filter({ visible: true }).fill("canary");
  for (const name of ["Next", "Next", "Store"]) await button(name).click();
  await button("Retrieve secret value").click();
  await page.getByText(typed.secret).first().waitFor();
  await button("Hide").click();
  await assertNothingKept(page, birds, "after a secret was hidden");

  await clients.iam.createUser({ UserName: "bird" });
  await go("/iam/users/bird");
  await tab("Security credentials");
  await button("Create access key").click();
  await button("Show secret access key").click();
  const secretAccessKey = birds.keep((await page.locator(".app-secret").textContent()) ?? "");
  assert.match(secretAccessKey, /^\S{40}$/);
  await dialogButton("Done").click();
  await page.locator(".app-secret").waitFor({ state: "detached" });
  await assertNothingKept(page, birds, "after an access key was made");

  await button("Assign MFA device").click();
  await dialogButton("Next").click();
  await dialogButton("Show secret key").click();
  birds.keep((await page.locator(".app-secret").textContent()) ?? "");
  await dialogButton("Show QR code").click();
  birds.keep((await page.locator(".app-qr-code").getAttribute("src"))?.split(",")[1] ?? "");
  await dialogButton("Cancel").click();
  await page.locator(".app-qr-code").waitFor({ state: "detached" });
  await assertNothingKept(page, birds, "after an MFA device was made");

  const { AccessKeyMetadata } = await clients.iam.listAccessKeys({ UserName: "bird" });
  await using theirs = await mine.openOther();
  theirs.page.context().on("console", (message) => told.push(message.text()));
  theirs.page.context().on("request", (request) => told.push(request.url(), JSON.stringify(request.headers())));
  await theirs.go("/console/us-east-1/kms/keys");
  const fill = (label: string, value: string) => theirs.page.getByLabel(label, { exact: true }).fill(value);
  const signIn = () => theirs.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await theirs.page.getByRole("button", { name: "Access key" }).click();
  await fill("Access key ID", AccessKeyMetadata?.[0]?.AccessKeyId ?? "");
  await fill("Secret access key", secretAccessKey);
  await signIn();
  await theirs.page.getByRole("button", { name: /^bird/ }).waitFor();
  await assertNothingKept(theirs.page, birds, "after a sign-in with an access key");

  await button("Enable console access").click();
  await page.getByLabel("Console password", { exact: true }).fill(typed.temporary);
  await dialogButton("Set password").click();
  await page.getByText("To be changed at the next sign-in").waitFor();
  await assertNothingKept(page, birds, "after a password was set");
  await clients.iam.attachUserPolicy({
    UserName: "bird",
    PolicyArn: "arn:aws:iam::aws:policy/IAMUserChangePassword",
  });
  await theirs.go("/console/us-east-1/kms/keys");
  await fill("Account ID or alias", account);
  await fill("IAM user name", "bird");
  await fill("Password", typed.wrong);
  await signIn();
  await theirs.page.getByText(/authentication information is incorrect/).waitFor();
  await fill("Password", typed.temporary);
  await signIn();
  await fill("New password", typed.chosen);
  await fill("Confirm new password", typed.chosen);
  await signIn();
  await theirs.page.getByRole("button", { name: /^bird/ }).waitFor();
  await assertNothingKept(theirs.page, birds, "after a sign-in with a password");

  assert.ok(told.length > 20);
  assert.deepEqual(birds.foundIn(told.join("\n")), [], "an address, a header or the browser's console");
  assert.deepEqual(birds.foundIn(sealift.stdout() + sealift.stderr()), [], "the server's log");
  const events: string[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await clients.cloudTrail.lookupEvents(NextToken === undefined ? {} : { NextToken });
    events.push(...(answer.Events ?? []).map(({ CloudTrailEvent }) => CloudTrailEvent ?? ""));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  for (const name of [
    "CreateAccessKey",
    "CreateVirtualMFADevice",
    "PutParameter",
    "CreateSecret",
    "ConsoleLogin",
    "ChangePassword",
  ]) {
    assert.ok(
      events.some((event) => event.includes(`"eventName":"${name}"`)),
      name,
    );
  }
  assert.deepEqual(birds.foundIn(events.join("\n")), [], "the audit trail");
});
