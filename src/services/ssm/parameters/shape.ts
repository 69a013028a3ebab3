import type { Parameter as ShownParameter } from "@aws-sdk/client-ssm";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { Ssm } from "../context.ts";
import type { ParameterVersion, VersionSummary } from "./parameter.ts";
import { shownValue } from "./secure-string.ts";

interface ShownOptions {
  /** The parameter's. */
  readonly arn: string;
  /** `undefined`: the name that the parameter was made with. */
  readonly name?: string | undefined;
  readonly withDecryption?: boolean | undefined;
  readonly selector?: string | undefined;
}

/** A version as GetParameter shows it. */
export async function shownParameter(
  context: Pick<Ssm, "encryption">,
  call: Call,
  version: ParameterVersion,
  { arn, name = version.name, withDecryption = false, selector }: ShownOptions,
): Promise<ShownParameter> {
  return {
    Name: name,
    Type: version.type,
    Value: await shownValue(context, call, version, arn, withDecryption),
    Version: version.version,
    ...defined({ Selector: selector === undefined ? undefined : `:${selector}` }),
    LastModifiedDate: version.modifiedAt,
    ARN: arn,
    DataType: version.dataType,
  };
}

/** The members that DescribeParameters and GetParameterHistory share. */
export function shownSummary(version: VersionSummary) {
  const { keyId: KeyId, description: Description, allowedPattern: AllowedPattern } = version;
  return {
    Name: version.name,
    Type: version.type,
    ...defined({ KeyId, Description, AllowedPattern }),
    LastModifiedDate: version.modifiedAt,
    // Of AWS's public parameters it is not known.
    ...defined({ LastModifiedUser: version.modifiedBy || undefined }),
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
