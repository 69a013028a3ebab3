import { GetServiceSettingCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { requestedSetting } from "../settings/setting.ts";
import { shownSetting } from "../settings/shape.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetServiceSetting.html */
export const getServiceSetting = operation(GetServiceSettingCommand)({
  async find(input, call, { store }: Ssm) {
    const reference = requestedSetting(call, input.SettingId);
    return { reference, setting: await store.settings.find(call, reference.id) };
  },
  access: ({ reference }) => ({ resource: reference.arn }),
  run: async ({ reference, setting }) => ({ ServiceSetting: shownSetting(reference, setting) }),
});
