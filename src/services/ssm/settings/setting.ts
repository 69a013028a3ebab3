import { ParameterTier, ServiceSettingNotFound$ } from "@aws-sdk/client-ssm";
import { parseArn, regionalArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import { defaultTierId } from "./records.ts";

/** A setting that a request names. */
export interface SettingReference {
  readonly id: string;
  readonly arn: string;
  /** The values that it can have; the first one is its default. */
  readonly values: readonly [string, ...string[]];
}

const settings: ReadonlyMap<string, SettingReference["values"]> = new Map([
  [defaultTierId, [ParameterTier.STANDARD, ParameterTier.ADVANCED, ParameterTier.INTELLIGENT_TIERING]],
  ["/ssm/parameter-store/high-throughput-enabled", ["false", "true"]],
]);

const kind = "servicesetting";

/** The setting that a request names by its id or its ARN; throws if there is none. */
export function requestedSetting(call: Call, asked: string): SettingReference {
  const resource = parseArn(asked)?.resource ?? "";
  const isArn = resource.startsWith(kind) && asked === regionalArn(call, "ssm", resource);
  const id = isArn ? resource.slice(kind.length) : asked;
  const values = settings.get(id);
  if (values) return { id, arn: regionalArn(call, "ssm", `${kind}${id}`), values };
  throw new ApiError(ServiceSettingNotFound$, `Setting ${asked} not found. Please ensure the setting id is valid.`);
}

/** Throws if the setting cannot have that value. */
export function refuseSettingValue({ id, values }: SettingReference, value: string): void {
  if (values.includes(value)) return;
  throw validationException(`Invalid setting value ${value}. Valid values for ${id} include: [${values.join(", ")}].`);
}
