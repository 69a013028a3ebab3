import { ParameterMaxVersionLimitExceeded$, PutParameterCommand } from "@aws-sdk/client-ssm";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { flagKey } from "../../../model/flag-key.ts";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { tooManyUpdates } from "../errors.ts";
import { concernsPolicies, isSameToPolicies, putAccess } from "../parameters/access.ts";
import { refuseMismatch } from "../parameters/allowed-pattern.ts";
import { findParameter } from "../parameters/find.ts";
import { refuseNewName } from "../parameters/name.ts";
import { parameterArn } from "../parameters/parameter.ts";
import { isAlike, type Plan, planVersion, refuseExisting, refuseTagsOfExisting } from "../parameters/plan.ts";
import { defaultKeyId, sealValue } from "../parameters/secure-string.ts";
import { requestedTags } from "../parameters/tags.ts";
import { refuseValue } from "../parameters/value.ts";
import { requestedPolicies } from "../policies/requested-policies.ts";

/** How often a parameter may become one of another kind while its value is being checked and sealed. */
const maximumAttempts = 5;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = operation(PutParameterCommand)({
  async find(input, call, context: Ssm) {
    const name = input.Name.trim();
    const { account, region } = call;
    const arn = parameterArn(call, name);
    refuseNewName(name, arn);
    const tags = requestedTags(input.Tags);
    const reference = { asked: name, account, region, arn, name, shownName: name, selector: undefined };
    return { ...(await findParameter(context, call, reference)), name, tags };
  },

  access: (found, input) =>
    putAccess(
      found,
      found.tags,
      defined({
        "ssm:Overwrite": flagKey(input.Overwrite),
        "ssm:Policies": flagKey(concernsPolicies(input.Policies, found.parameter) || undefined),
      }),
    ),

  async run({ parameter: found, name, tags }, input, context, call) {
    const { store } = context;
    refuseTagsOfExisting(input);
    refuseValue(input.Value);
    const policies = input.Policies === undefined ? undefined : requestedPolicies(input.Policies, call.time);
    const request = { ...input, policies, defaultTier: await store.settings.defaultTier(call) };
    let current = found;
    for (let attempt = 0; attempt < maximumAttempts; attempt++) {
      refuseExisting(request, current);
      const planned = planVersion(request, current);
      // Not in the transaction: others wait for it, and neither for a slow pattern nor for KMS.
      if (planned.allowedPattern) refuseMismatch(planned.allowedPattern, input.Value);
      const value = await storedValue(context, call, name, input.Value, planned);
      const put = await store.writes.put(call, name, tags, call.time, (now) => {
        refuseExisting(request, now);
        const isAuthorised =
          isSameToPolicies(found, now) &&
          concernsPolicies(input.Policies, found) === concernsPolicies(input.Policies, now);
        if (!isAuthorised) throw tooManyUpdates();
        const version = planVersion(request, now);
        return isAlike(version, planned)
          ? { ...version, value, modifiedAt: call.time, modifiedBy: call.principal.arn }
          : undefined;
      });
      if (put.kind === "labelled") throw labelledVersion(name, put.version);
      if (put.kind === "stored") return { Version: put.version, Tier: planned.tier };
      current = put.current;
    }
    throw tooManyUpdates();
  },
});

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

function labelledVersion(name: string, version: number): ApiError {
  return new ApiError(
    ParameterMaxVersionLimitExceeded$,
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );
}
