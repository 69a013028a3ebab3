import type { SettingName } from "@aws-sdk/client-ecs";
import type { Principal } from "../../../model/call.ts";
import type { Scope } from "../arns.ts";
import type { Records } from "../store.ts";
import { effectiveValue, principalOf, rootArn } from "./account-setting.ts";

/** The value of a setting for what a caller makes. */
export async function effectiveSetting(
  { accountSettings }: Pick<Records, "accountSettings">,
  scope: Scope & { readonly principal: Principal },
  name: SettingName,
): Promise<string> {
  const principalArn = principalOf(scope, scope.principal, undefined);
  const root = rootArn(scope);
  const settings = await accountSettings.of(scope, [principalArn, root]);
  return effectiveValue(name, settings, { principalArn, root });
}

/** The value of a setting for what services make, which is the account's. */
export async function accountWideSetting(
  { accountSettings }: Pick<Records, "accountSettings">,
  scope: Scope,
  name: SettingName,
): Promise<string> {
  const root = rootArn(scope);
  return effectiveValue(name, await accountSettings.of(scope, [root]), { principalArn: root, root });
}
