import type { Setting, SettingName } from "@aws-sdk/client-ecs";
import type { Principal } from "../../../model/call.ts";
import { accessDeniedException } from "../../../model/common-errors.ts";
import type { Scope } from "../arns.ts";
import { invalidParameter } from "../errors.ts";

interface Rule {
  /** What AWS gives an account that sets nothing. */
  readonly usual: string;
  readonly values: readonly string[];
  /** Values that AWS takes and that cannot be had here. */
  readonly refused?: readonly string[];
  /** For the whole account, set by its root user. */
  readonly rootOnly?: boolean;
  /** AWS's own to set. */
  readonly readOnly?: boolean;
}

const onOff = ["enabled", "disabled"];
const longArns: Rule = { usual: "enabled", values: onOff, refused: ["disabled"] };

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html */
const rules: Readonly<Record<SettingName, Rule>> = {
  serviceLongArnFormat: longArns,
  taskLongArnFormat: longArns,
  containerInstanceLongArnFormat: longArns,
  awsvpcTrunking: { usual: "disabled", values: onOff },
  containerInsights: { usual: "disabled", values: ["enabled", "disabled", "enhanced"] },
  fargateFIPSMode: { usual: "disabled", values: onOff },
  fargateTaskRetirementWaitPeriod: { usual: "7", values: ["0", "7", "14"], rootOnly: true },
  fargateEventWindows: { usual: "disabled", values: onOff, rootOnly: true },
  tagResourceAuthorization: { usual: "on", values: ["on", "off"], refused: ["off"] },
  guardDutyActivate: { usual: "off", values: [], readOnly: true },
  defaultLogDriverMode: { usual: "non-blocking", values: ["blocking", "non-blocking"] },
};

/** A setting that somebody made. */
export interface AccountSetting {
  readonly principalArn: string;
  readonly name: SettingName;
  readonly value: string;
}

export const settingNames = Object.keys(rules).sort() as readonly SettingName[];

function usualSetting(name: SettingName): string {
  return rules[name].usual;
}

/** Throws AWS's refusal of a value that the setting cannot have. */
export function checkSetting(name: SettingName, value: string): void {
  const { values, refused = [], readOnly } = ruleOf(name);
  if (readOnly) throw invalidParameter(`The account setting ${name} is managed by AWS and cannot be changed.`);
  if (!values.includes(value)) {
    throw invalidParameter(
      `Invalid value '${value}' for the account setting ${name}. Valid values: ${values.join(", ")}.`,
    );
  }
  if (refused.includes(value))
    throw invalidParameter(`The value ${value} of the account setting ${name} is not supported.`);
}

/** The API's own list of names is older than some. */
function ruleOf(name: SettingName): Rule {
  const rule = rules[name];
  if (!rule) throw invalidParameter(`Invalid account setting name: ${name}`);
  return rule;
}

/** The user, role or root user whose settings a request is about. */
export function principalOf({ account, partition }: Scope, caller: Principal, given: string | undefined): string {
  const root = rootArn({ account, partition });
  const own = settingsOwner(caller, root);
  if (given === undefined || given === own) return own;
  if (caller.kind !== "root") {
    throw accessDeniedException("Only the root user can see or change the account settings of other principals.");
  }
  if (!new RegExp(`^arn:${partition}:iam::${account}:(root|(user|role)/[!-~]{1,512})$`).test(given)) {
    throw invalidParameter("Invalid principal ARN.");
  }
  return given;
}

/** Sessions have their role's settings, federated users the root user's. */
function settingsOwner({ kind, arn, roleArn }: Principal, root: string): string {
  if (kind === "user") return arn;
  return kind === "assumed-role" && roleArn !== undefined ? roleArn : root;
}

/** The settings that an account's principal has where it has made none of its own. */
export function rootArn({ account, partition }: Pick<Scope, "account" | "partition">): string {
  return `arn:${partition}:iam::${account}:root`;
}

/** Throws AWS's refusal of one that is the account's as a whole. */
export function checkOwner(name: SettingName, principalArn: string): void {
  if (ruleOf(name).rootOnly && !principalArn.endsWith(":root")) {
    throw invalidParameter(`The account setting ${name} can be set for the whole account only, by its root user.`);
  }
}

/** The value that counts for a principal: its own, else the account's, else AWS's. */
export function effectiveValue(
  name: SettingName,
  settings: readonly AccountSetting[],
  { principalArn, root }: { readonly principalArn: string; readonly root: string },
): string {
  const of = (arn: string) => settings.find((one) => one.name === name && one.principalArn === arn)?.value;
  return of(principalArn) ?? of(root) ?? usualSetting(name);
}

export function settingShape({ name, value, principalArn }: AccountSetting): Setting {
  return { name, value, principalArn, type: rules[name].readOnly ? "aws_managed" : "user" };
}
