import { DeleteAccountSettingCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { effectiveValue, principalOf, rootArn, settingShape } from "../account-settings/account-setting.ts";
import type { Ecs } from "../context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteAccountSetting.html */
export const deleteAccountSetting = operation(DeleteAccountSettingCommand)({
  access: (_found, { name }) => ({ resource: "*", conditions: { "ecs:account-setting": name } }),
  async run(_found, { name, principalArn: given }, { store }: Ecs, call) {
    const principalArn = principalOf(call, call.principal, given);
    const root = rootArn(call);
    const left = await store.transaction(async ({ accountSettings }) => {
      await accountSettings.remove(call, principalArn, name);
      return accountSettings.of(call, [root]);
    });
    // What counts from now on.
    const value = effectiveValue(name, left, { principalArn, root });
    return { setting: settingShape({ principalArn, name, value }) };
  },
});
