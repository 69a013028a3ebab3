import { ResetServiceSettingCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { settingAccess, settingId, shownSetting } from "../settings/setting.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ResetServiceSetting.html */
export const resetServiceSetting = operation(ResetServiceSettingCommand)({
  access: (input, call) => settingAccess("ResetServiceSetting", input.SettingId, call),
  async run(input, { settings }: Ssm, call) {
    const id = settingId(call, input.SettingId);
    await settings.reset(call, id);
    return { ServiceSetting: shownSetting(call, id, undefined) };
  },
});
