import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("PutAccountSettingDefault sets what counts for all who have set nothing", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  const { setting } = await ecs.putAccountSettingDefault({ name: "awsvpcTrunking", value: "enabled" });
  assert.equal(setting!.principalArn, "arn:aws:iam::111122223333:root");
  const { settings } = await ecs.listAccountSettings({
    ...{ name: "awsvpcTrunking", effectiveSettings: true, principalArn: "arn:aws:iam::111122223333:role/app" },
  });
  assert.equal(settings![0]!.value, "enabled");
});

test("PutAccountSettingDefault refuses unknown names and values", async () => {
  await using own = await openEcs();
  await assert.rejects(own.ecs.putAccountSettingDefault({ name: "nothing" as never, value: "enabled" }), {
    name: "InvalidParameterException",
  });
  await assert.rejects(own.ecs.putAccountSettingDefault({ name: "awsvpcTrunking", value: "" }), {
    name: "InvalidParameterException",
  });
});
