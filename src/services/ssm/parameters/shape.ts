import type { Parameter as ShownParameter } from "@aws-sdk/client-ssm";
import type { Call } from "../../../model/call.ts";
import type { Ssm } from "../context.ts";
import type { ParameterVersion, VersionSummary } from "./parameter.ts";
import { shownValue } from "./secure-string.ts";

export interface ShownOptions {
  /** Of the parameter. */
  readonly arn: string;
  readonly withDecryption?: boolean | undefined;
  readonly selector?: string | undefined;
}

/** A version as GetParameter shows it. */
export async function shownParameter(
  context: Ssm,
  call: Call,
  version: ParameterVersion,
  { arn, withDecryption = false, selector }: ShownOptions,
): Promise<ShownParameter> {
  return {
    Name: version.name,
    Type: version.type,
    Value: await shownValue(context, call, version, arn, withDecryption),
    Version: version.version,
    ...(selector !== undefined && { Selector: `:${selector}` }),
    LastModifiedDate: version.modifiedAt,
    ARN: arn,
    DataType: version.dataType,
  };
}

/** What DescribeParameters and GetParameterHistory have in common. */
export function shownSummary(version: VersionSummary) {
  return {
    Name: version.name,
    Type: version.type,
    ...(version.keyId !== undefined && { KeyId: version.keyId }),
    LastModifiedDate: version.modifiedAt,
    LastModifiedUser: version.modifiedBy,
    ...(version.description !== undefined && { Description: version.description }),
    ...(version.allowedPattern !== undefined && { AllowedPattern: version.allowedPattern }),
    Version: version.version,
    Tier: version.tier,
    Policies: version.policies.map(({ text, type, status }) => ({
      PolicyText: text,
      PolicyType: type,
      PolicyStatus: status,
    })),
    DataType: version.dataType,
  };
}
