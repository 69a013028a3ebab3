import { ResetServiceSettingCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { requestedSetting } from "../settings/setting.ts";
import { shownSetting } from "../settings/shape.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ResetServiceSetting.html */
export const resetServiceSetting = operation(ResetServiceSettingCommand)({
  find: (input, call) => requestedSetting(call, input.SettingId),
  access: ({ arn }) => ({ resource: arn }),
  async run(reference, _input, { store }: Ssm, call) {
    await store.settings.reset(call, reference.id);
    return { ServiceSetting: shownSetting(reference, undefined) };
  },
});
