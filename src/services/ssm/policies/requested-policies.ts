import {
  IncompatiblePolicyException$,
  InvalidPolicyAttributeException$,
  InvalidPolicyTypeException$,
  PoliciesLimitExceededException$,
} from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import { validationException } from "../../../model/common-errors.ts";
import { instantOf, type ParameterPolicy, units } from "./parameter-policy.ts";

const maximum = 10;

/** Larger numbers of days would lead beyond the end of time. */
const longestSpan = 100 * 365 * units.Days;

/** The `Policies` of a PutParameter request at `now`; an empty text has none. Throws if AWS would refuse them. */
export function requestedPolicies(text: string, now: Date): readonly ParameterPolicy[] {
  const given = parse(text);
  if (given.length > maximum) {
    throw new ApiError(
      PoliciesLimitExceededException$,
      `You specified more than the maximum number of allowed policies for the parameter. The maximum is ${maximum}.`,
    );
  }
  const policies = given.map((policy) => readPolicy(policy, now));
  refuseIncompatible(policies);
  return policies;
}

function parse(text: string): readonly unknown[] {
  if (text.trim() === "") return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidInput();
  }
  if (isStructure(value)) throw invalidInput(text);
  if (!Array.isArray(value)) throw invalidInput();
  const list: readonly unknown[] = value;
  // AWS's documentation removes the policies by "[{}]".
  return list.filter((policy) => !(isStructure(policy) && Object.keys(policy).length === 0));
}

function readPolicy(policy: unknown, now: Date): ParameterPolicy {
  if (!isStructure(policy)) throw invalidInput();
  const { Type: type, Version: version, Attributes } = policy;
  if (type !== "Expiration" && type !== "ExpirationNotification" && type !== "NoChangeNotification") {
    throw new ApiError(
      InvalidPolicyTypeException$,
      "The policy type isn't supported. Parameter Store supports the following policy types: Expiration, ExpirationNotification, and NoChangeNotification.",
    );
  }
  if (version !== "1.0") throw invalidAttribute(`The Version of the ${type} policy must be 1.0.`);
  const attributes = isStructure(Attributes) ? Attributes : {};
  if (type === "Expiration") refuseTimestamp(attributes.Timestamp);
  else refuseSpan(type, type === "ExpirationNotification" ? "Before" : "After", attributes);
  return { type, text: JSON.stringify(policy), status: "Pending", createdAt: now.toISOString() };
}

function refuseTimestamp(value: unknown): void {
  if (typeof value !== "string" || !instantOf(value)) {
    throw invalidAttribute("The Timestamp of the Expiration policy must be a time in ISO 8601 format.");
  }
}

function refuseSpan(type: string, name: string, attributes: Readonly<Record<string, unknown>>): void {
  const { [name]: value, Unit: unit } = attributes;
  if (typeof value !== "string" || !/^0*[1-9]\d{0,5}$/.test(value)) {
    throw invalidAttribute(`The attribute ${name} of the ${type} policy must be a whole number above 0, as text.`);
  }
  if (unit !== "Days" && unit !== "Hours") {
    throw invalidAttribute(`The attribute Unit of the ${type} policy must be Days or Hours.`);
  }
  if (Number(value) * units[unit] > longestSpan) {
    throw invalidAttribute(`The attribute ${name} of the ${type} policy is too large.`);
  }
}

function refuseIncompatible(policies: readonly ParameterPolicy[]): void {
  const count = (type: ParameterPolicy["type"]) => policies.filter((policy) => policy.type === type).length;
  if (count("Expiration") > 1) {
    throw new ApiError(
      IncompatiblePolicyException$,
      "There is a conflict in the policies specified for this parameter. You can't, for example, specify two Expiration policies for a parameter. Review your policies, and try again.",
    );
  }
  if (count("ExpirationNotification") > 0 && count("Expiration") === 0) {
    throw new ApiError(
      IncompatiblePolicyException$,
      "An ExpirationNotification policy needs an Expiration policy for the same parameter.",
    );
  }
}

/** AWS quotes any input. Sealift does not quote text that is no policy: it may be a value in the wrong place. */
function invalidInput(policy = "a JSON array of policies is required"): ApiError {
  return validationException(`Invalid policies input: ${policy}.`);
}

function invalidAttribute(message: string): ApiError {
  return new ApiError(InvalidPolicyAttributeException$, message);
}

function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
