import { GetServiceSettingCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { settingAccess, settingId, shownSetting } from "../settings/setting.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetServiceSetting.html */
export const getServiceSetting = operation(GetServiceSettingCommand)({
  access: (input, call) => settingAccess("GetServiceSetting", input.SettingId, call),
  async run(input, { settings }: Ssm, call) {
    const id = settingId(call, input.SettingId);
    return { ServiceSetting: shownSetting(call, id, await settings.find(call, id)) };
  },
});
