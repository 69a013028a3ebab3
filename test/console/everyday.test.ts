import assert from "node:assert/strict";
import { test } from "node:test";
import { SSM } from "@aws-sdk/client-ssm";
import { systemClock } from "../../src/clock.ts";
import { allow, policy } from "../support/clients.ts";
import { consoleOfTests } from "../support/console.ts";
import { type Telephone, telephone } from "../support/mfa-device.ts";
import { skipUnless } from "../support/require.ts";
import { until } from "../support/until.ts";

const skip = await skipUnless("chromium");
const hostile = "<img src=x onerror=alert(1)>";

const mine = consoleOfTests({ skip, runtime: "process" });
const { go, button, dialogButton, tab, heading, looked } = mine;
const seen = (text: string | RegExp) => mine.page.getByText(text).filter({ visible: true }).first().waitFor();

async function confirmDelete(): Promise<void> {
  await mine.page.getByLabel(/To confirm, type/).fill("delete");
  await dialogButton("Delete").click();
}

test("a log group is created, read with a pattern, followed, and deleted", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  await go("/cloudwatch/log-groups");
  await seen("No log groups");
  await looked("log-groups-empty");
  await button("Create log group").click();
  await heading("Create log group");
  await button("Create").click();
  await seen("This field is required");
  await page.getByLabel("Log group name").fill("/shop");
  await page.getByRole("button", { name: /Retention setting/ }).click();
  await page.getByRole("option", { name: "7 days", exact: true }).click();
  await looked("create-log-group");
  await button("Create").click();
  await seen("Log group /shop was created.");
  await seen("7 days");
  await seen("No log streams");

  const place = { logGroupName: "/shop", logStreamName: "web/1" };
  await clients.logs.createLogStream(place);
  const write = (...messages: readonly string[]) =>
    clients.logs.putLogEvents({
      ...place,
      logEvents: messages.map((message) => ({ timestamp: Date.now(), message })),
    });
  await write("INFO \u001b[32mstarted\u001b[0m", `ERROR ${hostile}`);
  await button("Refresh").click();
  await page.getByRole("link", { name: "web/1" }).waitFor();
  await looked("log-group");

  await tab("Log events");
  // Nobody has looked for secret values in what came from elsewhere than a task.
  await seen("(not shown, as nobody has looked for secret values in it)");
  await page.getByLabel("Mask secret values").uncheck();
  await seen("INFO started");
  await page.getByLabel("Filter pattern").fill("ERROR");
  await page.getByLabel("Filter pattern").press("Enter");
  await seen(`ERROR ${hostile}`);
  await page.getByText("INFO started").waitFor({ state: "hidden" });
  assert.match(page.url(), /pattern=ERROR/);
  await button("Start live tail").click();
  await write("ERROR later", "INFO unseen");
  await seen("ERROR later");
  assert.equal(await page.getByText("INFO unseen").count(), 0);
  await looked("log-events");
  await button("Stop live tail").click();

  await go("/cloudwatch/log-groups/%2Fshop/log-streams/web%2F1");
  await heading("web/1");
  await page.getByLabel("Mask secret values").uncheck();
  await seen("INFO unseen");
  await looked("log-stream");

  await go("/cloudwatch/log-groups/%2Fshop");
  await button("Edit retention setting").click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Expire events after/ })
    .click();
  await page.getByRole("option", { name: "Never expire" }).click();
  await dialogButton("Save changes").click();
  await seen("The retention setting was saved.");
  const { logGroups } = await clients.logs.describeLogGroups({});
  assert.deepEqual(
    logGroups?.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays]),
    [["/shop", undefined]],
  );
  await button("Delete").click();
  await confirmDelete();
  await seen("The log group was deleted.");
});

test("a user gets a policy and an access key, whose secret is shown once", { skip, timeout: 240_000 }, async () => {
  const { clients, page, sealift } = mine;
  await go("/iam/create-user");
  await page.getByLabel("User name").fill("guest");
  await looked("create-user");
  await button("Create user").click();
  await seen("User guest was created.");
  await go("/iam/users");
  await page.getByRole("link", { name: "guest" }).click();
  await heading("guest");
  await seen("No policies");
  await go("/iam/users/guest/inline-policy");
  await heading("Create inline policy");
  await page.getByLabel("Policy name").fill("read");
  await page.getByLabel("JSON", { exact: true }).fill('{"Version":"2012-10-17","Statement":[{"Effect":"allow"}]}');
  await seen(/Effect must be Allow or Deny/);
  await page
    .getByLabel("JSON", { exact: true })
    .fill(policy(allow(["ssm:GetParameter"], ["arn:aws:ssm:us-east-1:000000000000:parameter/other"])));
  await looked("user-inline-policy");
  await button("Create policy").click();
  await page.getByRole("link", { name: "read", exact: true }).waitFor();
  await looked("user");

  await tab("Security credentials");
  await button("Create access key").click();
  await seen("This is the only time that the secret access key can be shown. Copy it now.");
  await button("Show secret access key").click();
  const secretAccessKey = (await page.locator(".app-secret").textContent()) ?? "";
  assert.match(secretAccessKey, /^\S{40}$/);
  await looked("access-key-created");
  await dialogButton("Done").click();
  await page.locator(".app-secret").waitFor({ state: "detached" });
  assert.equal((await page.content()).includes(secretAccessKey), false);
  const { AccessKeyMetadata } = await clients.iam.listAccessKeys({ UserName: "guest" });
  const accessKeyId = AccessKeyMetadata?.[0]?.AccessKeyId ?? "";
  await seen(accessKeyId);
  await looked("access-keys");

  // The key works, and the denial of its call is what the next test looks at.
  const { endpoint, region } = sealift;
  const theirs = new SSM({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
  await assert.rejects(theirs.getParameter({ Name: "/shop/key" }), { name: "AccessDeniedException" });
});

test("a group is created with a user, gets a policy, and goes", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  const members = async () =>
    (await clients.iam.getGroup({ GroupName: "night" })).Users?.map(({ UserName }) => UserName);
  await go("/iam/groups");
  await seen("No user groups");
  await button("Create group").click();
  await heading("Create group");
  await page.getByLabel("User group name").fill("night");
  await page.getByRole("button", { name: /Choose users/ }).click();
  await page.getByRole("option", { name: "guest" }).click();
  await page.keyboard.press("Escape");
  await looked("create-group");
  await button("Create group").click();
  await seen("User group night was created.");
  assert.deepEqual(await members(), ["guest"]);
  await seen("No policies");
  await button("Add permissions").click();
  await page.getByRole("menuitem", { name: "Attach policies" }).click();
  await heading("Attach policies to night");
  for (const name of ["SecretsManagerReadWrite", "AmazonSSMReadOnlyAccess"]) {
    await page.getByRole("searchbox", { name: "Find policies" }).fill(name);
    await page.getByRole("checkbox", { name: new RegExp(`/${name}$`) }).check();
  }
  await looked("attach-policies");
  await button("Add permissions").click();
  await seen("2 policies were attached.");
  await page.getByRole("link", { name: "SecretsManagerReadWrite" }).waitFor();
  await go("/iam/groups/night/inline-policy");
  await heading("Create inline policy");
  await page.getByLabel("Policy name").fill("read");
  await button("Create policy").click();
  await heading("night");
  await tab("Permissions");
  await page.getByRole("link", { name: "read", exact: true }).waitFor();
  await looked("group");
  for (const name of [/SecretsManagerReadWrite$/, /AmazonSSMReadOnlyAccess$/]) {
    await page.getByRole("checkbox", { name }).check();
  }
  await button("Remove").click();
  await confirmDelete();
  await seen("The policies were removed.");
  await page.getByRole("link", { name: "SecretsManagerReadWrite" }).waitFor({ state: "detached" });
  await tab("Users");
  await page.getByRole("radio", { name: "guest" }).check();
  await button("Remove").click();
  await seen("The group has no users");
  await go("/iam/users/guest?tab=groups");
  await button("Add user to groups").click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Choose user groups/ })
    .click();
  await page.getByRole("option", { name: "night" }).click();
  await page.keyboard.press("Escape");
  await dialogButton("Add user to groups").click();
  await page.getByRole("link", { name: "night", exact: true }).click();
  await heading("night");
  assert.deepEqual(await members(), ["guest"]);
  await button("Delete").click();
  await page.getByLabel(/To confirm, type/).fill("night");
  await dialogButton("Delete").click();
  await seen("User group night was deleted.");
  assert.deepEqual((await clients.iam.listGroups({})).Groups, []);
});

test("a user's MFA device is assigned with its secret key, resynchronized and removed", {
  skip,
  timeout: 240_000,
}, async () => {
  const { clients, page } = mine;
  const devices = async () => (await clients.iam.listMFADevices({ UserName: "guest" })).MFADevices ?? [];
  const codes = async ({ AuthenticationCode1, AuthenticationCode2 }: ReturnType<Telephone["codes"]>) => {
    await page.getByLabel("MFA code 1").fill(AuthenticationCode1);
    await page.getByLabel("MFA code 2").fill(AuthenticationCode2);
  };
  await go("/iam/users/guest?tab=credentials");
  await seen("No MFA devices");
  await button("Assign MFA device").click();
  await page.getByLabel("Device name").fill("telephone");
  await dialogButton("Next").click();
  await heading("Set up device");
  assert.equal(await page.locator(".app-secret, .app-qr-code").count(), 0);
  await dialogButton("Show QR code").click();
  await until("the QR code is drawn", () =>
    page.locator(".app-qr-code").evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
  );
  await looked("assign-mfa-device");
  // By keyboard, from one button to the next.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const seed = (await page.locator(".app-secret").textContent()) ?? "";
  assert.match(seed, /^[A-Z2-7]{64}$/);
  const device = telephone("", seed, systemClock);
  await codes({ AuthenticationCode1: "000000", AuthenticationCode2: "000000" });
  await dialogButton("Add MFA").click();
  await seen("InvalidAuthenticationCode");
  await codes(device.codes());
  await page.keyboard.press("Enter");
  await seen("The MFA device was assigned.");
  await page.locator(".app-secret").waitFor({ state: "detached" });
  assert.equal((await page.content()).includes(seed), false);
  const [{ SerialNumber = "" } = {}] = await devices();
  assert.match(SerialNumber, /:mfa\/telephone$/);
  await seen(SerialNumber);
  await looked("mfa-devices");

  await page.getByRole("radio", { name: SerialNumber }).check();
  await button("Resync").click();
  await codes(device.codes(2));
  await dialogButton("Resync").click();
  await seen("The MFA device was resynchronized.");
  await button("Remove").click();
  await confirmDelete();
  await seen("The MFA device was removed.");
  assert.deepEqual(await devices(), []);

  await button("Assign MFA device").click();
  await dialogButton("Next").click();
  await heading("Set up device");
  await dialogButton("Cancel").click();
  await seen("No MFA devices");
  assert.deepEqual((await clients.iam.listVirtualMFADevices({})).VirtualMFADevices, []);
});

test("a user's console password is set, changed and taken away", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  const profile = () => clients.iam.getLoginProfile({ UserName: "guest" });
  const password = page.getByLabel("Console password", { exact: true });
  await go("/iam/users/guest?tab=credentials");
  await button("Enable console access").click();
  await password.fill("short");
  await dialogButton("Set password").click();
  await seen("Password should have a minimum length of 8");
  await looked("enable-console-access");
  await password.fill("Correct-horse-1");
  await dialogButton("Set password").click();
  await seen("To be changed at the next sign-in");
  await button("Manage console access").click();
  await password.fill("Correct-horse-2");
  await page.getByRole("checkbox", { name: /must create a new password/ }).uncheck();
  await dialogButton("Set password").click();
  await page.getByText("Enabled", { exact: true }).waitFor();
  assert.equal((await profile()).LoginProfile?.PasswordResetRequired, false);
  await button("Disable console access").click();
  await confirmDelete();
  await seen("Console access was disabled.");
  await assert.rejects(profile, { name: "NoSuchEntityException" });
});

test("the event history finds a denial and says why", { skip, timeout: 240_000 }, async () => {
  const { page } = mine;
  await go("/cloudtrail/events?attribute=Username&value=guest&outcome=denied");
  await heading("Event history");
  const link = page.getByRole("link", { name: "GetParameter", exact: true });
  await link.waitFor();
  await looked("event-history");
  await link.click();
  await heading("Why it was denied");
  await seen("No identity-based policy allowed it");
  await seen("read: says nothing about it");
  await seen("Resource does not fit: arn:aws:ssm:us-east-1:000000000000:parameter/other");
  await seen(/Simulated now: denied, as nothing allows it/);
  const remedy = page.getByLabel("The smallest statement that would allow it");
  assert.deepEqual(JSON.parse(await remedy.inputValue()), {
    Effect: "Allow",
    Action: "ssm:GetParameter",
    Resource: "arn:aws:ssm:us-east-1:000000000000:parameter/shop/key",
  });
  assert.equal(JSON.parse(await page.getByLabel("Event record").inputValue()).eventName, "GetParameter");
  await looked("event-denied");
  await go("/cloudtrail/events?attribute=EventName&value=DeleteLogGroup");
  await page.getByRole("link", { name: "DeleteLogGroup", exact: true }).waitFor();
  await go("/cloudtrail/events/00000000-0000-4000-8000-000000000000");
  await seen("There is no such event in this account and Region.");
});

test("a policy is created, edited and simulated", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  await go("/iam/create-policy");
  await heading("Create policy");
  await page.getByLabel("Policy name").fill("shop-reader");
  const document = policy(allow(["ssm:GetParameter"]), { Effect: "Deny", Action: "ssm:Put*", Resource: "*" });
  await page.getByLabel("JSON", { exact: true }).fill(document);
  await looked("create-policy");
  await button("Create policy").click();
  await seen("Policy shop-reader was created.");
  await button("Edit").click();
  await page.getByLabel("Permissions", { exact: true }).filter({ visible: true }).first().waitFor();
  await button("Save changes").click();
  await seen("(v2)");
  await looked("policy");
  await tab("Policy versions");
  await seen("v1");
  await looked("policy-versions");
  await clients.iam.attachUserPolicy({
    UserName: "guest",
    PolicyArn: "arn:aws:iam::000000000000:policy/shop-reader",
  });
  await go("/iam/policies");
  await page.getByRole("link", { name: "shop-reader" }).waitFor();
  await looked("policies");

  const question = new URLSearchParams({
    principal: "arn:aws:iam::000000000000:user/guest",
    actions: "ssm:GetParameter\nssm:PutParameter\nssm:DeleteParameter",
    resources: "arn:aws:ssm:us-east-1:000000000000:parameter/shop/key",
  });
  await go(`/iam/simulator?${question}`);
  await heading("Policy simulator");
  await button("Run simulation").click();
  const row = (action: string) => page.getByRole("row").filter({ hasText: action });
  await row("ssm:GetParameter").getByText("Allowed", { exact: true }).waitFor();
  await row("ssm:PutParameter").getByText("Denied explicitly").waitFor();
  await row("ssm:PutParameter")
    .getByText(/shop-reader.*line \d+/)
    .waitFor();
  await row("ssm:DeleteParameter").getByText("Denied: nothing allows it").waitFor();
  await looked("simulator");
});

test("a key is created, rotates, is disabled and goes", { skip, timeout: 240_000 }, async () => {
  const { page } = mine;
  await go("/kms/create-key");
  await heading("Create key");
  await page.getByLabel("Alias").fill("shop");
  await looked("create-key");
  await button("Create key").click();
  await seen("The key was created.");
  await heading("Key policy");
  await looked("key");
  await button("Edit").click();
  await page.getByLabel("Key policy", { exact: true }).filter({ visible: true }).last().fill("{");
  await seen(/^Line 1, column/);
  await button("Cancel").click();
  await tab("Aliases");
  await seen("alias/shop");
  await tab("Key rotation");
  await button("Rotate now").click();
  await seen("The rotation has begun.");
  await looked("key-rotation");
  await button("Disable").click();
  await seen("The key was disabled.");
  await button("Schedule key deletion").click();
  await confirmDelete();
  await seen("Pending deletion");
  await go("/kms/keys");
  await page.getByRole("link", { name: "alias/shop" }).waitFor();
  await looked("keys");
});

test("a repository is created, and says what keeps images", { skip, timeout: 240_000 }, async () => {
  const { page } = mine;
  await go("/ecr/create-repository");
  await page.getByLabel("Repository name").fill("shop/web");
  await looked("create-repository");
  await button("Create").click();
  await seen("Repository shop/web was created.");
  await seen("This server keeps no images");
  await seen("apt-get install docker-registry");
  await seen(/^docker push .*shop\/web:latest$/);
  await looked("repository");
  await go("/ecr/repositories");
  await page.getByRole("link", { name: "shop/web" }).waitFor();
  await looked("repositories");
});

test("an address without a Region gets the one that is worked in", { skip, timeout: 240_000 }, async () => {
  const { page } = mine;
  await page.evaluate(
    `history.pushState(null, "", "/console/kms/keys"); dispatchEvent(new PopStateEvent("popstate"));`,
  );
  await heading("Customer managed keys");
  assert.equal(new URL(page.url()).pathname, "/console/us-east-1/kms/keys");
  await page.evaluate(
    `history.pushState(null, "", "/console/parameters"); dispatchEvent(new PopStateEvent("popstate"));`,
  );
  await heading("Page not found");
});

test("what was made is there, and what was refused with it is told", { skip, timeout: 240_000 }, async () => {
  const { clients, page } = mine;
  const { Policy } = await clients.iam.createPolicy({
    PolicyName: "brief",
    PolicyDocument: policy(allow(["sts:GetCallerIdentity"])),
  });
  await go("/iam/create-role");
  await button("Next").click();
  await page.getByPlaceholder("Find policies").filter({ visible: true }).first().fill("brief");
  await page.getByRole("checkbox", { name: Policy?.Arn ?? "", exact: true }).check();
  await button("Next").click();
  await page.getByLabel("Role name").filter({ visible: true }).fill("half");
  await clients.iam.deletePolicy({ PolicyArn: Policy?.Arn });
  await button("Create role").click();
  await heading("half");
  await seen(/brief.* (?:does not exist|is not attachable|was not found)/);

  await go("/secretsmanager/new-secret");
  await page.getByRole("textbox", { name: "Key", exact: true }).filter({ visible: true }).fill("user");
  await page.getByRole("textbox", { name: "Value", exact: true }).filter({ visible: true }).fill("me");
  await button("Next").click();
  await page.getByLabel("Secret name").filter({ visible: true }).fill("half/rotated");
  await button("Next").click();
  await page.getByRole("checkbox", { name: /Automatic rotation/ }).check();
  await page
    .getByLabel(/function/i)
    .filter({ visible: true })
    .first()
    .fill("nonsense");
  await button("Next").click();
  await button("Store").click();
  await heading("half/rotated");
  await seen(/cannot invoke the specified Lambda function/);
});

test("the home page leads to every service, accounts are listed, and the search finds resources", {
  skip,
  timeout: 240_000,
}, async () => {
  const { page } = mine;
  await go("/organizations/accounts");
  await seen("000000000000");
  await looked("accounts");
  await go("/");
  await heading("Console home");
  await looked("home");
  await page.getByRole("main").getByRole("link", { name: "Log groups" }).last().click();
  await heading("Log groups");
  await page.getByLabel("Search pages and resources").filter({ visible: true }).first().fill("shop");
  for (const name of ["shop-reader", "alias/shop", "shop/web"]) {
    await page.getByRole("option", { name: new RegExp(name) }).waitFor();
  }
});

test("the pages are whole in Chinese, in the dark, and say what is denied", { skip, timeout: 240_000 }, async () => {
  await using theirs = await mine.openInChinese();
  await mine.signInAsGuest(theirs, "/kms/keys", "keys-denied-zh-dark");
  await theirs.page.getByRole("link", { name: "alias/shop" }).waitFor();
  const pages = [
    ["/kms/keys", "客户托管密钥"],
    ["/cloudwatch/log-groups", "日志组"],
    ["/cloudtrail/events?attribute=Username&value=guest", "事件历史记录"],
    ["/iam/users", "用户"],
    ["/iam/users/guest", "guest"],
    ["/iam/groups", "用户组"],
    ["/iam/policies", "策略"],
    ["/iam/simulator", "策略模拟器"],
    ["/ecr/repositories", "存储库"],
    ["/organizations/accounts", "AWS 账户"],
    ["/", "控制台主页"],
  ] as const;
  for (const [path, name] of pages) {
    await go(path, theirs.page);
    await theirs.page.getByRole("main").getByRole("heading", { name, level: 1 }).first().waitFor();
    await theirs.picture(`${name}-zh-dark`);
    assert.deepEqual(await theirs.barriers(), [], path);
  }
});
