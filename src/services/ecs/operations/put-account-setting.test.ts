import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("PutAccountSetting: containerInsights counts for new clusters", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const { setting } = await ecs.putAccountSetting({ name: "containerInsights", value: "enabled" });
  assert.equal(setting!.value, "enabled");
  const made = await ecs.createCluster({ clusterName: "one" });
  assert.deepEqual(made.cluster!.settings, [{ name: "containerInsights", value: "enabled" }]);
  const said = await ecs.createCluster({
    ...{ clusterName: "two", settings: [{ name: "containerInsights", value: "disabled" }] },
  });
  assert.deepEqual(said.cluster!.settings, [{ name: "containerInsights", value: "disabled" }]);
});

test("PutAccountSetting refuses values that AWS refuses, and by name those that cannot be had", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const cases = [
    ["containerInsights", "maybe", /^Invalid value 'maybe' for the account setting containerInsights\./],
    ["fargateTaskRetirementWaitPeriod", "8", /Valid values: 0, 7, 14/],
    ["guardDutyActivate", "on", /^The account setting guardDutyActivate is managed by AWS/],
    ["taskLongArnFormat", "disabled", "The value disabled of the account setting taskLongArnFormat is not supported."],
    [
      "tagResourceAuthorization",
      "off",
      "The value off of the account setting tagResourceAuthorization is not supported.",
    ],
  ] as const;
  for (const [name, value, message] of cases) {
    await assert.rejects(ecs.putAccountSetting({ name, value }), { name: "InvalidParameterException", message });
    await assert.rejects(ecs.putAccountSettingDefault({ name, value }), { message });
  }
  const principalArn = "arn:aws:iam::111122223333:user/ann";
  await assert.rejects(ecs.putAccountSetting({ name: "fargateTaskRetirementWaitPeriod", value: "0", principalArn }), {
    message: /for the whole account only/,
  });
  for (const wrong of ["x", "arn:aws:iam::111122223333:user/\0", "arn:aws:iam::999999999999:user/ann"]) {
    await assert.rejects(ecs.putAccountSetting({ name: "containerInsights", value: "enabled", principalArn: wrong }), {
      message: "Invalid principal ARN.",
    });
  }
});
