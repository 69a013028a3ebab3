import { ParameterTier, ServiceSettingNotFound$ } from "@aws-sdk/client-ssm";
import { parseArn, regionalArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import { validation } from "../errors.ts";
import { defaultTierId, type ServiceSetting } from "./records.ts";

/** What a setting may be; the first value is its default. */
const settings: Readonly<Record<string, readonly [string, ...string[]]>> = {
  [defaultTierId]: [ParameterTier.STANDARD, ParameterTier.ADVANCED, ParameterTier.INTELLIGENT_TIERING],
  "/ssm/parameter-store/high-throughput-enabled": ["false", "true"],
};

/** The id of the setting that a request names, by its id or its ARN. Throws where there is none. */
export function settingId(call: Call, asked: string): string {
  const arn = parseArn(asked);
  const id = arn && asked === settingArn(call, arn.resource.slice("servicesetting".length)) ? arn.resource : undefined;
  const name = id === undefined ? asked : id.slice("servicesetting".length);
  if (Object.hasOwn(settings, name)) return name;
  throw new ApiError(ServiceSettingNotFound$, `Setting ${asked} not found. Please ensure the setting id is valid.`);
}

export function settingArn(call: Pick<Call, "partition" | "region" | "account">, id: string): string {
  return regionalArn(call, "ssm", `servicesetting${id}`);
}

/** What a caller needs to use an operation on a setting. */
export function settingAccess(operation: string, asked: string, call: Call): Access {
  return { action: `ssm:${operation}`, resource: settingArn(call, settingId(call, asked)) };
}

export function refuseSettingValue(id: string, value: string): void {
  const values = settings[id]!;
  if (!values.includes(value)) {
    throw validation(`Invalid setting value ${value}. Valid values for ${id} include: [${values.join(", ")}].`);
  }
}

/** A setting as the API shows it; `setting` is `undefined` where it has its default. */
export function shownSetting(call: Call, id: string, setting: ServiceSetting | undefined) {
  return {
    SettingId: id,
    SettingValue: setting?.value ?? settings[id]![0],
    // A default was never modified; AWS shows when it was provisioned.
    LastModifiedDate: setting?.modifiedAt ?? new Date(0),
    LastModifiedUser: setting?.modifiedBy ?? "System",
    ARN: settingArn(call, id),
    Status: setting ? "Customized" : "Default",
  };
}
