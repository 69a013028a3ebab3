import assert from "node:assert/strict";
import {
  GetServiceSettingCommand,
  PutParameterCommand,
  ResetServiceSettingCommand,
  UpdateServiceSettingCommand,
} from "@aws-sdk/client-ssm";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { assertRefused, type Setting, testParameters } from "../ssm.fixture.ts";

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

testParameters("A service setting is each region's own", async ({ client, clientIn }) => {
  await client.send(new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Advanced" }));
  const { ServiceSetting } = await clientIn("eu-west-1").send(new GetServiceSettingCommand({ SettingId: tier }));
  assert.equal(ServiceSetting?.SettingValue, "Standard");
});

testParameters("A setting that there is not and a value that it cannot have are refused", async ({ client }) => {
  const wrong = ["/ssm/documents/console/public-sharing-permission", "constructor", arn("/ssm/nonsense")];
  for (const SettingId of [...wrong, arn(tier).replace("us-east-1", "eu-west-1")]) {
    await assertRefused(client.send(new GetServiceSettingCommand({ SettingId })), "ServiceSettingNotFound");
  }
  const update = new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Gold" });
  await assertRefused(client.send(update), "ValidationException", /Standard, Advanced, Intelligent-Tiering/);
});

testParameters("The default tier is that of parameters which are put without one", async (setting) => {
  const { client } = setting;
  const large = "x".repeat(5000);
  await assertRefused(put(setting, "/large", large), "ValidationException", /Standard tier/);
  await client.send(new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Intelligent-Tiering" }));
  assert.equal(await put(setting, "/large", large), "Advanced");
  assert.equal(await put(setting, "/small", "x"), "Standard");
  await client.send(new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Advanced" }));
  assert.equal(await put(setting, "/other", "x"), "Advanced");
  assert.equal(await put(setting, "/explicit", "x", "Standard"), "Standard");
  assert.equal(await put(setting, "/small", "x"), "Advanced");
});

async function put({ client }: Setting, Name: string, Value: string, Tier?: "Standard"): Promise<string | undefined> {
  const input = { Name, Value, Type: "String", Overwrite: true, ...(Tier && { Tier }) } as const;
  return (await client.send(new PutParameterCommand(input))).Tier;
}
