import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { openEcs } from "../test-support.fixture.ts";

const root = "arn:aws:iam::111122223333:root";

test("ListAccountSettings shows what was set, or with effectiveSettings all that counts", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  assert.deepEqual((await ecs.listAccountSettings({})).settings, []);
  await ecs.putAccountSettingDefault({ name: "containerInsights", value: "enhanced" });
  const expected = { name: "containerInsights", value: "enhanced", principalArn: root, type: "user" };
  assert.deepEqual((await ecs.listAccountSettings({})).settings, [expected]);
  const effective: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.listAccountSettings({ effectiveSettings: true, ...(nextToken && { nextToken }) });
    effective.push(...page.settings!.map(({ name, value }) => `${name} ${value}`));
    nextToken = page.nextToken;
  } while (nextToken);
  assert.deepEqual(effective, [
    "awsvpcTrunking disabled",
    "containerInsights enhanced",
    "containerInstanceLongArnFormat enabled",
    "defaultLogDriverMode non-blocking",
    "fargateEventWindows disabled",
    "fargateFIPSMode disabled",
    "fargateTaskRetirementWaitPeriod 7",
    "guardDutyActivate off",
    "serviceLongArnFormat enabled",
    "tagResourceAuthorization on",
    "taskLongArnFormat enabled",
  ]);
  const filtered = await ecs.listAccountSettings({
    ...{ effectiveSettings: true, name: "guardDutyActivate", value: "off" },
  });
  assert.deepEqual(
    filtered.settings!.map(({ type }) => type),
    ["aws_managed"],
  );
});

for (const { name, open } of databases()) {
  test(`account settings are kept for each principal (${name})`, async () => {
    await using own = await openEcs({ database: await open() });
    const { ecs } = own;
    const principalArn = "arn:aws:iam::111122223333:user/ann";
    await ecs.putAccountSettingDefault({ name: "defaultLogDriverMode", value: "blocking" });
    await ecs.putAccountSetting({ name: "defaultLogDriverMode", value: "non-blocking", principalArn });
    await ecs.putAccountSetting({ name: "defaultLogDriverMode", value: "non-blocking", principalArn });
    const list = (arn: string) =>
      ecs.listAccountSettings({ effectiveSettings: true, name: "defaultLogDriverMode", principalArn: arn });
    assert.equal((await list(principalArn)).settings![0]!.value, "non-blocking");
    assert.equal((await list(root)).settings![0]!.value, "blocking");
    const { setting } = await ecs.deleteAccountSetting({ name: "defaultLogDriverMode", principalArn });
    assert.deepEqual([setting!.value, setting!.principalArn], ["blocking", principalArn]);
  });
}

test("ListAccountSettings refuses a value without a name, and principals that are none", async () => {
  await using own = await openEcs();
  await assert.rejects(own.ecs.listAccountSettings({ value: "enabled" }), { name: "InvalidParameterException" });
  await assert.rejects(own.ecs.listAccountSettings({ principalArn: "ann" }), { message: "Invalid principal ARN." });
});
