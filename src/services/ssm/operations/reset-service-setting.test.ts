import assert from "node:assert/strict";
import { GetServiceSettingCommand, ResetServiceSettingCommand, UpdateServiceSettingCommand } from "@aws-sdk/client-ssm";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

const SettingId = "/ssm/parameter-store/default-parameter-tier";

testParameters("ResetServiceSetting gives a setting its default again", async ({ client, asked }) => {
  await client.send(new UpdateServiceSettingCommand({ SettingId, SettingValue: "Advanced" }));
  for (let count = 0; count < 2; count++) {
    const { ServiceSetting } = await client.send(new ResetServiceSettingCommand({ SettingId }));
    assert.deepEqual([ServiceSetting?.SettingValue, ServiceSetting?.Status], ["Standard", "Default"]);
    assert.deepEqual((await client.send(new GetServiceSettingCommand({ SettingId }))).ServiceSetting, ServiceSetting);
  }
  assert.deepEqual(asked[1], {
    action: "ssm:ResetServiceSetting",
    resource: `arn:aws:ssm:us-east-1:111122223333:servicesetting${SettingId}`,
  });
});

testParameters("ResetServiceSetting refuses a setting that does not exist", async ({ client }) => {
  const none = new ResetServiceSettingCommand({ SettingId: "/ssm/none" });
  await assertRefused(client.send(none), "ServiceSettingNotFound", /^Setting \/ssm\/none not found\./);
});
