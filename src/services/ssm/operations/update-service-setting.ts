import { UpdateServiceSettingCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { refuseSettingValue, settingAccess, settingId } from "../settings/setting.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html */
export const updateServiceSetting = operation(UpdateServiceSettingCommand)({
  access: (input, call) => settingAccess("UpdateServiceSetting", input.SettingId, call),
  async run(input, { settings }: Ssm, call) {
    const id = settingId(call, input.SettingId);
    refuseSettingValue(id, input.SettingValue);
    const setting = { value: input.SettingValue, modifiedAt: call.time, modifiedBy: call.principal.arn };
    await settings.put(call, id, setting);
    return {};
  },
});
