import { ListAccountSettingsCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import {
  type AccountSetting,
  effectiveValue,
  principalOf,
  rootArn,
  settingNames,
  settingShape,
} from "../account-settings/account-setting.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { page, readTextToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAccountSettings.html */
export const listAccountSettings = operation(ListAccountSettingsCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { store }: Ecs, call) {
    const { name, value, effectiveSettings, maxResults: size = 10 } = input;
    if (value !== undefined && name === undefined) {
      throw invalidParameter("An account setting name must be specified together with a value.");
    }
    // A size of 0 is how some SDKs send none.
    if (size < 0 || size > 100) throw invalidParameter("maxResults must be between 1 and 100.");
    const principalArn = principalOf(call, call.principal, input.principalArn);
    const root = rootArn(call);
    const stored = await store.accountSettings.of(call, [principalArn, root]);
    const all: readonly AccountSetting[] = effectiveSettings
      ? settingNames.map((one) => ({
          ...{ name: one, principalArn },
          value: effectiveValue(one, stored, { principalArn, root }),
        }))
      : stored.filter((one) => one.principalArn === principalArn);
    const after = readTextToken(input.nextToken);
    const shown = all
      .filter((one) => (name ?? one.name) === one.name && (value ?? one.value) === one.value && one.name > after)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const { items, nextToken } = page(shown, size || 10, (one) => one.name);
    return { settings: items.map(settingShape), ...defined({ nextToken }) };
  },
});
