import { PutAccountSettingDefaultCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { checkSetting, rootArn, settingShape } from "../account-settings/account-setting.ts";
import type { Ecs } from "../context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAccountSettingDefault.html */
export const putAccountSettingDefault = operation(PutAccountSettingDefaultCommand)({
  access: (_found, { name }) => ({ resource: "*", conditions: { "ecs:account-setting": name } }),
  async run(_found, { name, value }, { store }: Ecs, call) {
    checkSetting(name, value);
    const setting = { principalArn: rootArn(call), name, value };
    await store.accountSettings.put(call, setting);
    return { setting: settingShape(setting) };
  },
});
