import assert from "node:assert/strict";
import { GetServiceSettingCommand, UpdateServiceSettingCommand } from "@aws-sdk/client-ssm";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

const tier = "/ssm/parameter-store/default-parameter-tier";

testParameters("A service setting is each region's own", async ({ client, clientIn }) => {
  await client.send(new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Advanced" }));
  const { ServiceSetting } = await clientIn("eu-west-1").send(new GetServiceSettingCommand({ SettingId: tier }));
  assert.equal(ServiceSetting?.SettingValue, "Standard");
});

testParameters("GetServiceSetting refuses a setting that does not exist", async ({ client }) => {
  await assertRefused(
    client.send(new GetServiceSettingCommand({ SettingId: "/ssm/none" })),
    "ServiceSettingNotFound",
    /^Setting \/ssm\/none not found\./,
  );
});
