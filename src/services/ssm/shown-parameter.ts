import type { Parameter as ShownParameter } from "@aws-sdk/client-ssm";
import type { Call } from "../../aws/call.ts";
import type { Ssm } from "./index.ts";
import { type ParameterVersion, parameterArn, type VersionSummary } from "./parameter.ts";
import { shownValue } from "./secure-string.ts";

/** A version as GetParameter shows it. */
export async function shownParameter(
  context: Ssm,
  call: Call,
  version: ParameterVersion,
  {
    withDecryption = false,
    selector,
  }: { readonly withDecryption?: boolean | undefined; readonly selector?: string | undefined },
): Promise<ShownParameter> {
  return {
    Name: version.name,
    Type: version.type,
    Value: await shownValue(context, call, version, withDecryption),
    Version: version.version,
    ...(selector !== undefined && { Selector: `:${selector}` }),
    LastModifiedDate: version.modifiedAt,
    ARN: parameterArn(call, version.name),
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
    Policies: [],
    DataType: version.dataType,
  };
}
