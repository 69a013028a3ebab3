import type { ServiceSetting } from "./records.ts";
import type { SettingReference } from "./setting.ts";

/** A setting as the API shows it; `setting` is `undefined` if it has its default. */
export function shownSetting({ id, arn, values }: SettingReference, setting: ServiceSetting | undefined) {
  return {
    SettingId: id,
    SettingValue: setting?.value ?? values[0],
    // A default was never modified; AWS shows when it was provisioned.
    LastModifiedDate: setting?.modifiedAt ?? new Date(0),
    LastModifiedUser: setting?.modifiedBy ?? "System",
    ARN: arn,
    Status: setting ? "Customized" : "Default",
  };
}
