import type { ParameterTier, ParameterType } from "@aws-sdk/client-ssm";
import { validationException } from "../../../model/common-errors.ts";

/** Bytes of a value. */
const maximum = { Standard: 4096, Advanced: 8192 } as const;

/** Throws if no parameter can have that value. */
export function refuseValue(value: string): void {
  if (value === "") {
    throw validationException(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  // No regular expression: over a long run of braces it would take the square of its length.
  const open = value.indexOf("{{");
  if (open >= 0 && value.includes("}}", open + 2)) {
    throw validationException('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  }
}

/** Properties of a version that may need the advanced tier. */
interface Demand {
  readonly value: string;
  readonly hasPolicies: boolean;
}

/** The tier of a new version, from the requested one and the one that the parameter has. */
export function tierFor(
  requested: ParameterTier | undefined,
  current: ParameterTier | undefined,
  { value, hasPolicies }: Demand,
): "Standard" | "Advanced" {
  const size = Buffer.byteLength(value);
  if (size > maximum.Advanced) {
    throw validationException(
      `Advanced tier parameters support a maximum parameter value of ${maximum.Advanced} characters.`,
    );
  }
  if (requested === "Advanced") return "Advanced";
  if (requested !== "Standard" && current === "Advanced") return "Advanced";
  if (requested === "Intelligent-Tiering") return size > maximum.Standard || hasPolicies ? "Advanced" : "Standard";
  if (current === "Advanced") {
    throw validationException(
      `This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter. Be aware that standard parameters have a value limit of ${maximum.Standard} characters.`,
    );
  }
  if (size > maximum.Standard) {
    throw validationException(
      `Standard tier parameters support a maximum parameter value of ${maximum.Standard} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`,
    );
  }
  if (hasPolicies) {
    throw validationException(
      "Standard tier parameters don't support parameter policies. To use parameter policies, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html",
    );
  }
  return "Standard";
}

/** Throws if the data type is unknown or the value does not fit it. */
export function refuseDataType(dataType: string, type: ParameterType, value: string): void {
  if (dataType === "text") return;
  if (dataType === "aws:ssm:integration") {
    if (type === "SecureString") return;
    throw validationException("Parameters of data type aws:ssm:integration must be of type SecureString.");
  }
  if (dataType !== "aws:ec2:image") {
    throw validationException(
      `The following data type is not supported: ${dataType} (Data type names are all lowercase.)`,
    );
  }
  if (type !== "String") throw validationException("Parameters of data type aws:ec2:image must be of type String.");
  // There is no EC2 here to ask whether the image exists.
  if (!/^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(value)) {
    throw validationException("Parameter value, cannot be validated against data type aws:ec2:image.");
  }
}
