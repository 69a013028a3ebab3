import assert from "node:assert/strict";
import { GetServiceSettingCommand, ResetServiceSettingCommand, UpdateServiceSettingCommand } from "@aws-sdk/client-ssm";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

const tier = "/ssm/parameter-store/default-parameter-tier";
const throughput = "/ssm/parameter-store/high-throughput-enabled";
const arn = (id: string) => `arn:aws:ssm:us-east-1:111122223333:servicesetting${id}`;

testParameters("A service setting has its default until it is updated, and again when it is reset", async (setting) => {
  const { client, clock } = setting;
  const get = async (SettingId: string) =>
    (await client.send(new GetServiceSettingCommand({ SettingId }))).ServiceSetting;
  for (const id of [throughput, arn(throughput)]) {
    assert.deepEqual(await get(id), {
      SettingId: throughput,
      SettingValue: "false",
      LastModifiedDate: new Date(0),
      LastModifiedUser: "System",
      ARN: arn(throughput),
      Status: "Default",
    });
  }
  await client.send(new UpdateServiceSettingCommand({ SettingId: arn(tier), SettingValue: "Advanced" }));
  await client.send(new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Intelligent-Tiering" }));
  assert.deepEqual(await get(tier), {
    SettingId: tier,
    SettingValue: "Intelligent-Tiering",
    LastModifiedDate: clock.now(),
    LastModifiedUser: rootPrincipal.arn,
    ARN: arn(tier),
    Status: "Customized",
  });
  assert.equal(setting.asked.at(-1)?.action, "ssm:GetServiceSetting");
  assert.equal(setting.asked.at(-1)?.resource, arn(tier));
  const { ServiceSetting } = await client.send(new ResetServiceSettingCommand({ SettingId: tier }));
  assert.deepEqual([ServiceSetting?.SettingValue, ServiceSetting?.Status], ["Standard", "Default"]);
});

testParameters("A setting that there is not and a value that it cannot have are refused", async ({ client }) => {
  const wrong = ["/ssm/documents/console/public-sharing-permission", "constructor", arn("/ssm/nonsense")];
  for (const SettingId of [...wrong, arn(tier).replace("us-east-1", "eu-west-1")]) {
    await assertRefused(client.send(new GetServiceSettingCommand({ SettingId })), "ServiceSettingNotFound");
  }
  const update = new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Gold" });
  await assertRefused(client.send(update), "ValidationException", /Standard, Advanced, Intelligent-Tiering/);
});
