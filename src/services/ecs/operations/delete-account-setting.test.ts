import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("DeleteAccountSetting brings back what counts without it", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.putAccountSetting({ name: "containerInsights", value: "enabled" });
  const { setting } = await ecs.deleteAccountSetting({ name: "containerInsights" });
  assert.equal(setting!.value, "disabled");
  assert.deepEqual((await ecs.listAccountSettings({})).settings, []);
  // One that is not set is no error.
  assert.equal((await ecs.deleteAccountSetting({ name: "containerInsights" })).setting!.value, "disabled");
});

test("DeleteAccountSetting refuses unknown names and principals", async () => {
  await using own = await openEcs();
  const name = "InvalidParameterException";
  await assert.rejects(own.ecs.deleteAccountSetting({ name: "nothing" as never }), { name });
  await assert.rejects(own.ecs.deleteAccountSetting({ name: "containerInsights", principalArn: "x" }), { name });
});
