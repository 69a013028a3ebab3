import {
  HierarchyTypeMismatchException$,
  ParameterAlreadyExists$,
  ParameterMaxVersionLimitExceeded$,
  type ParameterTier,
  type ParameterType,
  PutParameterCommand,
  type PutParameterRequest,
  TooManyUpdates$,
} from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { validation } from "../errors.ts";
import { foundParameter, newTagConditions, parameterAccess } from "../parameters/access.ts";
import { refuseMismatch } from "../parameters/allowed-pattern.ts";
import { refuseNewName } from "../parameters/name.ts";
import { type NewVersion, type Parameter, parameterArn } from "../parameters/parameter.ts";
import { defaultKeyId, sealValue } from "../parameters/secure-string.ts";
import { requestedTags } from "../parameters/tags.ts";
import { refuseDataType, refuseValue, tierFor } from "../parameters/value.ts";
import { keptPolicies, type ParameterPolicy } from "../policies/parameter-policy.ts";
import { requestedPolicies } from "../policies/requested-policies.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = operation(PutParameterCommand)({
  async access(input, call, context: Ssm) {
    const name = input.Name.trim();
    const arn = parameterArn(call, name);
    refuseNewName(name, arn);
    const tags = requestedTags(input.Tags);
    const reference = { asked: name, account: call.account, region: call.region, arn, names: [name] as const };
    const [access] = await parameterAccess("PutParameter", [{ ...reference, selector: undefined }], call, context);
    const hasPolicies = input.Policies !== undefined || (foundParameter(call)?.policies.length ?? 0) > 0;
    const conditions = { ...access!.conditions, ...newTagConditions(tags) };
    const put = {
      ...access!,
      conditions: {
        ...conditions,
        "ssm:Overwrite": String(input.Overwrite ?? false),
        "ssm:Policies": String(hasPolicies),
      },
    };
    // AWS asks for this too where a parameter is made with tags.
    return tags.length === 0 ? put : [put, { ...access!, action: "ssm:AddTagsToResource", conditions }];
  },

  async run(input, context, call) {
    const name = input.Name.trim();
    const tags = requestedTags(input.Tags);
    refuseRequest(input);
    const policies = input.Policies === undefined ? undefined : requestedPolicies(input.Policies, call.time);
    const defaultTier = await context.settings.defaultTier(call);
    const request = { ...input, policies, defaultTier };
    let current = foundParameter(call);
    for (let attempt = 0; attempt < maximumAttempts; attempt++) {
      const planned = plan(request, current);
      // Not in the transaction: others wait for it, and neither for a slow pattern nor for KMS.
      if (planned.allowedPattern) refuseMismatch(planned.allowedPattern, input.Value);
      const value = await storedValue(context, call, name, input.Value, planned);
      const put = await context.parameters.put(call, name, tags, call.time, (now) => {
        const version = plan(request, now);
        return isAlike(version, planned)
          ? { ...version, value, modifiedAt: call.time, modifiedBy: call.principal.arn }
          : undefined;
      });
      if ("labelledVersion" in put) throw labelledVersion(name, put.labelledVersion);
      if ("version" in put) return { Version: put.version, Tier: planned.tier };
      current = put.unrevised;
    }
    throw new ApiError(
      TooManyUpdates$,
      "There are concurrent updates for a resource that supports one update at a time.",
    );
  },
});

/** How often a parameter may become one of another kind while its value is being checked and sealed. */
const maximumAttempts = 5;

/** Whether a value that was checked and sealed for one plan may be stored by the other. */
function isAlike(one: Plan, other: Plan): boolean {
  return one.type === other.type && one.tier === other.tier && one.allowedPattern === other.allowedPattern;
}

async function storedValue(
  context: Ssm,
  call: Call,
  name: string,
  value: string,
  { type, tier, keyId = defaultKeyId }: Plan,
): Promise<Uint8Array> {
  if (type !== "SecureString") return Buffer.from(value);
  return sealValue(context, call, { arn: parameterArn(call, name), keyId, value, tier });
}

type Input = Omit<PutParameterRequest, "Name" | "Value"> & { readonly Value: string };

interface Request extends Input {
  /** `undefined` keeps those that there are. */
  readonly policies: readonly ParameterPolicy[] | undefined;
  readonly defaultTier: ParameterTier;
}

type Plan = Omit<NewVersion, "value" | "modifiedAt" | "modifiedBy">;

/** Throws what does not depend on the parameter as it is. */
function refuseRequest(input: Input): void {
  if (input.Overwrite && input.Tags && input.Tags.length > 0) {
    throw validation(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  refuseValue(input.Value);
}

/** The new version of a parameter as it is now; throws where there can be none. */
function plan(input: Request, current: Parameter | undefined): Plan {
  if (current && !input.Overwrite) {
    throw new ApiError(
      ParameterAlreadyExists$,
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  }
  const type = typeFor(input.Type, current?.type);
  if (input.KeyId !== undefined && type !== "SecureString") {
    throw validation("KeyId is required for SecureString type parameter only.");
  }
  const dataType = input.DataType ?? current?.dataType ?? "text";
  refuseDataType(dataType, type, input.Value);
  const allowedPattern = input.AllowedPattern ?? current?.allowedPattern;
  const policies = input.policies ?? keptPolicies(current?.policies ?? []);
  const requested = input.Tier ?? (input.defaultTier === "Standard" ? undefined : input.defaultTier);
  return {
    type,
    tier: tierFor(requested, current?.tier, { value: input.Value, hasPolicies: policies.length > 0 }),
    policies,
    dataType,
    description: input.Description ?? current?.description,
    allowedPattern: allowedPattern || undefined,
    keyId: type === "SecureString" ? (input.KeyId ?? defaultKeyId) : undefined,
  };
}

function typeFor(requested: ParameterType | undefined, current: ParameterType | undefined): ParameterType {
  const type = requested ?? current;
  if (type === undefined) throw validation("A parameter type is required when you create a parameter.");
  if (current === undefined || current === type) return type;
  throw new ApiError(
    HierarchyTypeMismatchException$,
    "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't change a parameter from a String type to a SecureString type. You must create a new, unique parameter.",
  );
}

function labelledVersion(name: string, version: number): ApiError {
  return new ApiError(
    ParameterMaxVersionLimitExceeded$,
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );
}
