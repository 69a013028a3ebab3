import { PutAccountSettingCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { checkOwner, checkSetting, principalOf, settingShape } from "../account-settings/account-setting.ts";
import type { Ecs } from "../context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAccountSetting.html */
export const putAccountSetting = operation(PutAccountSettingCommand)({
  access: (_found, { name }) => ({ resource: "*", conditions: { "ecs:account-setting": name } }),
  async run(_found, { name, value, principalArn: given }, { store }: Ecs, call) {
    const principalArn = principalOf(call, call.principal, given);
    checkSetting(name, value);
    checkOwner(name, principalArn);
    const setting = { principalArn, name, value };
    await store.accountSettings.put(call, setting);
    return { setting: settingShape(setting) };
  },
});
