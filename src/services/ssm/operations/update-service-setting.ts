import { UpdateServiceSettingCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { refuseSettingValue, requestedSetting } from "../settings/setting.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html */
export const updateServiceSetting = operation(UpdateServiceSettingCommand)({
  find: (input, call) => requestedSetting(call, input.SettingId),
  access: ({ arn }) => ({ resource: arn }),
  async run(reference, input, { store }: Ssm, call) {
    refuseSettingValue(reference, input.SettingValue);
    const setting = { value: input.SettingValue, modifiedAt: call.time, modifiedBy: call.principal.arn };
    await store.settings.put(call, reference.id, setting);
    return {};
  },
});
