import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { systemClock } from "../../src/clock.ts";
import { goTo } from "../support/browser.ts";
import { allow, policy } from "../support/clients.ts";
import { consoleOfTests } from "../support/console.ts";
import { deviceOfUser } from "../support/mfa-device.ts";
import { skipUnless } from "../support/require.ts";
import { until } from "../support/until.ts";

const skip = await skipUnless("chromium");
const timeout = 240_000;
const account = "000000000000";
const password = "Correct-horse-1";

const mine = consoleOfTests({
  skip,
  runtime: "process",
  async prepare({ iam, ssm }) {
    const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
    for (const [name, principal] of [
      ["reader", `arn:aws:iam::${account}:root`],
      ["closed", `arn:aws:iam::${account}:role/reader`],
    ] as const) {
      await iam.createRole({
        RoleName: name,
        AssumeRolePolicyDocument: policy({ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" }),
      });
    }
    await iam.putRolePolicy({
      RoleName: "reader",
      PolicyName: "read",
      PolicyDocument: policy(allow(["ssm:DescribeParameters", "ssm:GetParameter*"])),
    });
    for (const UserName of ["ann", "bob", "new"]) {
      await iam.createUser({ UserName });
      await iam.createLoginProfile({ UserName, Password: password, PasswordResetRequired: UserName === "new" });
      await iam.attachUserPolicy({ UserName, PolicyArn: administrator });
    }
    await ssm.putParameter({ Name: "/shop/key", Value: "1", Type: "String" });
  },
});
const { go, heading } = mine;

async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).filter({ visible: true }).first().fill(value);
  }
}

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).filter({ visible: true }).first().click();

/** The menu of whoever is signed in. */
const identity = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name }).filter({ visible: true }).first();

async function choose(page: Page, who: string | RegExp, item: string | RegExp): Promise<void> {
  await identity(page, who).click();
  await page.getByRole("menuitem", { name: item }).filter({ visible: true }).first().click();
}

async function signIn(page: Page, name: string, secret = password): Promise<void> {
  await fill(page, { "Account ID or alias": account, "IAM user name": name, Password: secret });
  await press(page, "Sign in");
}

test("switching to a role gives its permissions and back; a trust policy that refuses says so", {
  skip,
  timeout,
}, async () => {
  await using theirs = await mine.openOther();
  const { page } = theirs;
  await theirs.go("/console/us-east-1/systems-manager/parameters/%2Fshop%2Fkey");
  await signIn(page, "ann");
  await heading("/shop/key", page);
  await choose(page, /^ann/, "Switch role");
  const dialog = page.getByRole("dialog", { name: "Switch role" });
  await fill(page, { "IAM role name": "closed" });
  await theirs.picture("switch-role");
  await dialog.getByRole("button", { name: "Switch role" }).click();
  await dialog
    .getByText(/is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role\/closed/)
    .waitFor();
  await theirs.picture("switch-role-refused");
  assert.deepEqual(await theirs.barriers(), []);
  await dialog.getByLabel("IAM role name").fill("reader");
  await page.keyboard.press("Enter");
  await identity(page, /^reader\/ann/).waitFor();
  await heading("/shop/key", page);
  await theirs.picture("in-role");
  await go("/secretsmanager/secrets", page);
  await page
    .getByText(/assumed-role\/reader\/ann is not authorized to perform: secretsmanager:ListSecrets/)
    .first()
    .waitFor();
  await choose(page, /^reader\/ann/, /Switch back to ann/);
  await identity(page, /^ann/).waitFor();
  await page.getByText("No secrets").first().waitFor();
});

/** Every session, also in a role, looks this short to the page; its credentials are good for longer. Counts those that it gets. */
async function shorten(page: Page, seconds: number): Promise<() => number> {
  let count = 0;
  await page.route("**/", async (route) => {
    if (!route.request().postData()?.includes("Action=AssumeRole")) return route.continue();
    const response = await route.fetch();
    const end = new Date(Date.now() + seconds * 1_000).toISOString();
    const body = (await response.text()).replace(/(?<=<Expiration>)[^<]+/, end);
    await route.fulfill({ response, body });
  });
  await page.route("**/v1/token", async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    if (response.ok()) count += 1;
    await route.fulfill({ response, json: { ...json, ...(response.ok() && { expiresIn: seconds }) } });
  });
  return () => count;
}

test("a style sheet that the network lost is asked for again before anything is shown", { skip, timeout }, async () => {
  await using theirs = await mine.openOther({ expected: [/net::ERR_FAILED/] });
  const { page } = theirs;
  let asked = 0;
  await page.route(/\.css$/, (route) => (asked++ < 2 ? route.abort() : route.continue()));
  await theirs.go("/console/us-east-1/secretsmanager/secrets");
  await page.getByRole("button", { name: "Sign in", exact: true }).filter({ visible: true }).first().waitFor();
  assert.match(
    String(await page.evaluate(`getComputedStyle(document.querySelector("button")).fontFamily`)),
    /Open Sans/,
  );
  assert.equal(asked, 3);
});

test("credentials are renewed unseen; a session that is over says so, and goes on at the same place", {
  skip,
  timeout,
}, async () => {
  await using theirs = await mine.openOther();
  const { page } = theirs;
  const { iam } = mine.clients;
  const renewals = await shorten(page, 8);
  await theirs.go("/console/us-east-1/systems-manager/create-parameter");
  await signIn(page, "bob");
  await page.getByLabel("Name", { exact: true }).fill("/half/typed");
  await until("the credentials are renewed twice", async () => renewals() > 2);
  assert.equal(await page.getByRole("dialog").filter({ visible: true }).count(), 0);

  await iam.updateLoginProfile({ UserName: "bob", Password: `${password}-2` });
  const dialog = page.getByRole("dialog", { name: "Your session has expired" });
  await dialog.waitFor();
  await theirs.picture("expired");
  assert.deepEqual(await theirs.barriers(), []);
  assert.equal(await dialog.getByLabel("IAM user name").inputValue(), "bob");
  await fill(page, { Password: `${password}-2` });
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "/half/typed");
  await page.getByLabel("Value", { exact: true }).fill("1");
  await press(page, "Create parameter");
  await heading("/half/typed", page);

  // Who worked in a role works in it again.
  await choose(page, /^bob/, "Switch role");
  await fill(page, { "IAM role name": "reader" });
  await page.keyboard.press("Enter");
  await identity(page, /^reader.bob/).waitFor();
  await go("/systems-manager/parameters", page);
  await iam.updateLoginProfile({ UserName: "bob", Password: password });
  await dialog.waitFor();
  await fill(page, { Password: password });
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await identity(page, /^reader.bob/).waitFor();
  await heading("My parameters", page);
});

test("a secret that is shown goes when the session ends", { skip, timeout }, async () => {
  await using theirs = await mine.openOther();
  const { page } = theirs;
  const { iam, ssm } = mine.clients;
  const secret = "swordfish-of-a-session";
  await ssm.putParameter({ Name: "/shop/secret", Value: secret, Type: "SecureString" });
  await shorten(page, 8);
  await theirs.go("/console/us-east-1/systems-manager/parameters/%2Fshop%2Fsecret");
  await signIn(page, "ann");
  await press(page, "Show decrypted value");
  await page.getByText(secret).waitFor();
  await iam.updateLoginProfile({ UserName: "ann", Password: `${password}-2` });
  const dialog = page.getByRole("dialog", { name: "Your session has expired" });
  await dialog.waitFor();
  assert.equal((await page.content()).includes(secret), false);
  await iam.updateLoginProfile({ UserName: "ann", Password: password });
  await fill(page, { Password: password });
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await page.content()).includes(secret), false, "it is asked for again");
});

test("a sign-out holds for every tab, and a new tab is signed in as the others are", { skip, timeout }, async () => {
  await using theirs = await mine.openOther();
  const { page } = theirs;
  await theirs.go("/console/us-east-1/systems-manager/parameters");
  await signIn(page, "ann");
  await identity(page, /^ann/).waitFor();
  const other = await page.context().newPage();
  await goTo(other, page.url());
  await identity(other, /^ann/).waitFor();
  await choose(other, /^ann/, "Switch role");
  await fill(other, { "IAM role name": "reader" });
  await other.keyboard.press("Enter");
  await identity(other, /^reader\/ann/).waitFor();
  assert.equal(await identity(page, /^ann/).isVisible(), true, "a role is of one tab");
  await choose(page, /^ann/, "Sign out");
  for (const tab of [page, other]) await heading("Sign in to Sealift", tab);
  assert.equal(await other.getByText("/shop/key").count(), 0);
});

test("a user with an MFA device is asked for its code, one with a temporary password for a new one", {
  skip,
  timeout,
}, async () => {
  await using theirs = await mine.openOther();
  const { page } = theirs;
  await theirs.go("/console/us-east-1/systems-manager/parameters");
  const phone = await deviceOfUser(mine.clients.iam, "new", systemClock);
  await signIn(page, "new");
  await page.getByLabel("MFA code").fill(phone.code(5));
  await theirs.picture("sign-in-mfa");
  await page.keyboard.press("Enter");
  await page.getByText(/Your authentication information is incorrect/).waitFor();
  assert.deepEqual(await theirs.barriers(), []);
  await page.getByLabel("MFA code").fill(phone.code(1));
  await page.keyboard.press("Enter");
  await page.getByText("You must change your password before you continue.").waitFor();
  await fill(page, { "New password": "short", "Confirm new password": "other" });
  await page.keyboard.press("Enter");
  await page.getByText("The passwords differ").waitFor();
  await theirs.picture("sign-in-new-password");
  await fill(page, { "New password": "short", "Confirm new password": "short" });
  await page.keyboard.press("Enter");
  await page.getByText("Password should have a minimum length of 8").waitFor();
  await theirs.picture("sign-in-new-password-refused");
  await fill(page, { "New password": `${password}-3`, "Confirm new password": `${password}-3` });
  await page.keyboard.press("Enter");
  await identity(page, /^new/).waitFor();
});
