import {
  HierarchyTypeMismatchException$,
  ParameterAlreadyExists$,
  type ParameterTier,
  type ParameterType,
  type PutParameterRequest,
} from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import { validationException } from "../../../model/common-errors.ts";
import { keptPolicies, type ParameterPolicy } from "../policies/parameter-policy.ts";
import type { NewVersion, Parameter } from "./parameter.ts";
import { defaultKeyId } from "./secure-string.ts";
import { refuseDataType, tierFor } from "./value.ts";

/** A PutParameter request. */
interface PutRequest extends Omit<PutParameterRequest, "Name" | "Value"> {
  readonly Value: string;
  /** `undefined` keeps those that the parameter has. */
  readonly policies: readonly ParameterPolicy[] | undefined;
  readonly defaultTier: ParameterTier;
}

/** A new version before its value is checked and sealed. */
export type Plan = Omit<NewVersion, "value" | "modifiedAt" | "modifiedBy">;

/** Throws if a request that overwrites brings tags. */
export function refuseTagsOfExisting({ Overwrite, Tags }: Pick<PutParameterRequest, "Overwrite" | "Tags">): void {
  if (!Overwrite || !Tags || Tags.length === 0) return;
  throw validationException(
    "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
  );
}

/** Throws if there is a parameter that the request does not overwrite. */
export function refuseExisting({ Overwrite }: Pick<PutRequest, "Overwrite">, current: Parameter | undefined): void {
  if (!current || Overwrite) return;
  throw new ApiError(
    ParameterAlreadyExists$,
    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
  );
}

/** The version that a request makes of a parameter; throws if it can make none. */
export function planVersion(request: PutRequest, current: Parameter | undefined): Plan {
  const type = typeFor(request.Type, current?.type);
  if (request.KeyId !== undefined && type !== "SecureString") {
    throw validationException("KeyId is required for SecureString type parameter only.");
  }
  const dataType = request.DataType ?? current?.dataType ?? "text";
  refuseDataType(dataType, type, request.Value);
  const allowedPattern = request.AllowedPattern ?? current?.allowedPattern;
  const policies = request.policies ?? keptPolicies(current?.policies ?? []);
  const tier = request.Tier ?? (request.defaultTier === "Standard" ? undefined : request.defaultTier);
  return {
    type,
    tier: tierFor(tier, current?.tier, { value: request.Value, hasPolicies: policies.length > 0 }),
    policies,
    dataType,
    description: request.Description ?? current?.description,
    allowedPattern: allowedPattern || undefined,
    keyId: type === "SecureString" ? (request.KeyId ?? defaultKeyId) : undefined,
  };
}

/** True if a value that was checked and sealed for one plan fits the other. */
export function isAlike(one: Plan, other: Plan): boolean {
  return one.type === other.type && one.tier === other.tier && one.allowedPattern === other.allowedPattern;
}

function typeFor(requested: ParameterType | undefined, current: ParameterType | undefined): ParameterType {
  const type = requested ?? current;
  if (type === undefined) throw validationException("A parameter type is required when you create a parameter.");
  if (current === undefined || current === type) return type;
  throw new ApiError(
    HierarchyTypeMismatchException$,
    "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't change a parameter from a String type to a SecureString type. You must create a new, unique parameter.",
  );
}
