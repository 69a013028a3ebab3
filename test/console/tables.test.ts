import assert from "node:assert/strict";
import { test } from "node:test";
import { consoleOfTests } from "../support/console.ts";
import { skipUnless } from "../support/require.ts";
import { until } from "../support/until.ts";

const skip = await skipUnless("chromium");
const timeout = 240_000;
const count = 130;

const mine = consoleOfTests({
  skip,
  runtime: "process",
  expected: [/ERR_FAILED/],
  async prepare({ ssm, iam }) {
    for (let number = 0; number < count; number++) {
      await ssm.putParameter({ Name: `/shop/web-${number}`, Value: "1", Type: "String" });
    }
    for (const UserName of ["ann", "bob"]) await iam.createUser({ UserName });
  },
});
const { go, heading, button } = mine;

/** What the rows begin with, once they begin with these. */
async function rowsBegin(names: readonly string[]): Promise<void> {
  const links = mine.page.locator("main table tbody tr a").filter({ visible: true });
  let found: readonly string[] = [];
  await until(
    `the rows begin with ${names}`,
    async () => {
      found = (await links.allTextContents()).slice(0, names.length).map((text) => text.trim());
      return found.join() === names.join();
    },
    { detail: () => found.join() },
  );
}

const address = () => new URL(mine.page.url());
const isAt = (part: string) => until(`the address has ${part}`, async () => address().href.includes(part));
const page = (number: number) =>
  mine.page
    .getByRole("button", { name: new RegExp(`Page ${number}( |$)`) })
    .filter({ visible: true })
    .first();
const sortBy = (column: string) =>
  mine.page
    .getByRole("columnheader", { name: new RegExp(`^${column}`) })
    .getByRole("button")
    .first()
    .press("Enter");

test("a list is in order from the start, and stays so when it is read again", { skip, timeout }, async () => {
  const { clients, page: open } = mine;
  await go("/systems-manager/parameters");
  await rowsBegin(["/shop/web-0", "/shop/web-1", "/shop/web-2", "/shop/web-3"]);
  assert.notEqual(await open.locator("th[aria-sort=ascending]").count(), 0, "it shows by what");
  await sortBy("Name");
  await rowsBegin(["/shop/web-129", "/shop/web-128"]);
  await clients.ssm.putParameter({ Name: "/shop/web-128-b", Value: "1", Type: "String" });
  await button("Refresh").click();
  await rowsBegin(["/shop/web-129", "/shop/web-128-b", "/shop/web-128"]);
  await clients.ssm.deleteParameter({ Name: "/shop/web-128-b" });
  await button("Refresh").click();
  await rowsBegin(["/shop/web-129", "/shop/web-128", "/shop/web-127"]);
});

test("filter, page and order are part of the address, for back, forward and a shared link", {
  skip,
  timeout,
}, async () => {
  const { page: open } = mine;
  await go("/systems-manager/parameters?page=2&sort=-name");
  await rowsBegin(["/shop/web-79"]);
  await page(3).click();
  await isAt("page=3");
  await rowsBegin(["/shop/web-29"]);
  await open.getByRole("link", { name: "/shop/web-29", exact: true }).click();
  await heading("/shop/web-29");
  await open.goBack();
  await rowsBegin(["/shop/web-29", "/shop/web-28"]);
  assert.match(address().search, /page=3/);

  await open.getByPlaceholder("Find parameters").filter({ visible: true }).first().fill("web-11");
  await isAt("filter=web-11");
  assert.doesNotMatch(address().search, /page/, "what is found begins at its first page");
  await rowsBegin(["/shop/web-119"]);
  await open.getByRole("link", { name: "/shop/web-119", exact: true }).click();
  await heading("/shop/web-119");
  await open.goBack();
  await rowsBegin(["/shop/web-119"]);
  await open.getByRole("link", { name: "Parameter Store", exact: true }).click();
  await rowsBegin(["/shop/web-0", "/shop/web-1", "/shop/web-2"]);
  assert.equal(address().search, "", "the link of the navigation is the whole list");
  await open.goBack();
  await rowsBegin(["/shop/web-119"]);
  await open.goForward();
  await rowsBegin(["/shop/web-0"]);
});

test("what is out of sight is not selected any more", { skip, timeout }, async () => {
  const { page: open } = mine;
  await go("/systems-manager/parameters");
  await rowsBegin(["/shop/web-0"]);
  const box = open.getByRole("row", { name: /^\/shop\/web-0 / }).getByRole("checkbox");
  await box.check();
  await open.getByText(`(1/${count})`).first().waitFor();
  await page(2).click();
  await rowsBegin(["/shop/web-50"]);
  await open.getByText(`(${count})`).first().waitFor();
  await page(1).click();
  await rowsBegin(["/shop/web-0"]);
  assert.equal(await box.isChecked(), false);
});

test("a filter is as fast as who types it, and a further choice keeps it", { skip, timeout }, async () => {
  const { page: open } = mine;
  await go("/iam/policies");
  const field = open.getByPlaceholder("Find policies").filter({ visible: true }).first();
  await field.pressSequentially("AmazonECSTaskExecution");
  await isAt("filter=AmazonECSTaskExecution");
  assert.equal(await field.inputValue(), "AmazonECSTaskExecution");
  await open.getByText("Show AWS managed policies").click();
  await isAt("aws=");
  await open.getByRole("link", { name: "AmazonECSTaskExecutionRolePolicy" }).waitFor();
  assert.match(address().search, /filter=AmazonECSTaskExecution/);
});

test("the levels of the hierarchy have addresses, one back leads one level up", { skip, timeout }, async () => {
  const { page: open } = mine;
  await go("/systems-manager/parameters?path=%2F");
  const level = open.getByRole("link", { name: "/shop/" });
  assert.match((await level.getAttribute("href")) ?? "", /parameters\?path=%2Fshop%2F$/);
  await level.click();
  await rowsBegin(["/shop/web-0"]);
  await open.goBack();
  await level.waitFor();
});

test("a tab that does not exist is the first one", { skip, timeout }, async () => {
  await go("/iam/users/ann?tab=nonsense");
  await heading("ann");
  await mine.page.getByRole("tab", { name: "Permissions", selected: true }).waitFor();
});

test("a list that cannot be read again says so beside what it had", { skip, timeout }, async () => {
  await using theirs = await mine.openOther();
  const { page: open } = theirs;
  const { iam } = mine.clients;
  const policy = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.createLoginProfile({ UserName: "bob", Password: "Correct-horse-1" });
  await iam.attachUserPolicy({ UserName: "bob", PolicyArn: policy });
  await theirs.go("/console/us-east-1/iam/users");
  await open.getByLabel("Account ID or alias").first().fill("000000000000");
  await open.getByLabel("IAM user name").fill("bob");
  await open.getByLabel("Password", { exact: true }).fill("Correct-horse-1");
  await open.getByRole("button", { name: "Sign in", exact: true }).click();
  await open.getByRole("link", { name: "ann" }).waitFor();
  await iam.detachUserPolicy({ UserName: "bob", PolicyArn: policy });
  await open.getByRole("button", { name: "Refresh" }).filter({ visible: true }).first().click();
  await open
    .getByText(/is not authorized to perform: iam:ListUsers/)
    .first()
    .waitFor();
  assert.equal(await open.getByRole("link", { name: "ann" }).count(), 1);
  await iam.attachUserPolicy({ UserName: "bob", PolicyArn: policy });
  await open.getByRole("button", { name: "Try again" }).filter({ visible: true }).first().click();
  await open.getByText(/is not authorized/).waitFor({ state: "detached" });
});

test("a page that nothing answers says so, and comes by itself once something does", { skip, timeout }, async () => {
  const { page: open } = mine;
  await go("/ecs/clusters");
  await heading("Clusters");
  await open.route("**/*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await go("/systems-manager/parameters/%2Fshop%2Fweb-1");
  await open.getByText("This page tries again by itself.").waitFor();
  await open.unroute("**/*");
  await open.getByText("Sealift does not answer").waitFor({ state: "detached" });
  await open.getByRole("tab", { name: "Overview", exact: true }).waitFor();
});
