import { createHash } from "node:crypto";
import {
  ResourceNotFoundException$,
  ResourcePolicyConflictException$,
  ResourcePolicyInvalidParameterException$,
  ResourcePolicyLimitExceededException$,
  ResourcePolicyNotFoundException$,
} from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { FoundParameter } from "../parameters/found.ts";
import type { AttachedPolicy, Parameter } from "../parameters/parameter.ts";
import { parseReference, type Reference } from "../parameters/reference.ts";

/** The parameter of the caller's own account that a request shares; throws for another ARN. */
export function sharedReference(call: Call, resourceArn: string): Reference {
  if (resourceArn.startsWith(`arn:${call.partition}:ssm:`) && resourceArn.includes(":parameter/")) {
    const reference = parseReference(call, resourceArn);
    const isOwn = reference.account === call.account && reference.region === call.region;
    if (isOwn && reference.selector === undefined) return reference;
  }
  throw invalidParameter("ResourceArn", "The resource ARN is not valid.");
}

/** The parameter that was found; throws if there is none. */
export function sharedParameter({ parameter }: FoundParameter): Parameter {
  if (!parameter) throw parameterToShareNotFound();
  return parameter;
}

export function parameterToShareNotFound(): ApiError {
  return new ApiError(ResourceNotFoundException$, "The specified parameter to be shared could not be found.");
}

/** Throws unless the parameter's tier can be shared. */
export function refuseUnshareable({ tier }: Parameter): void {
  if (tier === "Advanced") return;
  throw invalidParameter("ResourceArn", "To share a parameter, it must be in the advanced parameter tier.");
}

export function managedKey(): ApiError {
  return invalidParameter(
    "ResourceArn",
    "To share a SecureString parameter, it must be encrypted with a customer managed key. AWS managed keys cannot be shared.",
  );
}

/** Throws unless id and hash are those of the parameter's policy. */
export function refuseOtherPolicy(
  policy: AttachedPolicy | undefined,
  { PolicyId: id, PolicyHash: hash }: { readonly PolicyId?: string; readonly PolicyHash?: string },
): void {
  if (policy?.id !== id || policy === undefined) {
    throw new ApiError(
      ResourcePolicyNotFoundException$,
      "No policies with the specified policy ID and hash could be found.",
    );
  }
  if (hash !== policyHash(policy)) throw policyConflict();
}

/** Another request changed the policy, or the parameter that it shares. */
export function policyConflict(): ApiError {
  return new ApiError(
    ResourcePolicyConflictException$,
    "The hash provided in the call doesn't match the stored hash. This exception is thrown when trying to update an obsolete policy version or when multiple requests to update a policy are sent.",
  );
}

/** Throws if the parameter has a policy already, which a request that names none would not replace. */
export function refuseSecondPolicy(policy: AttachedPolicy | undefined): void {
  if (!policy) return;
  throw new ApiError(
    ResourcePolicyLimitExceededException$,
    "Only one policy can be attached to a parameter. To change it, provide its PolicyId and PolicyHash.",
    { Limit: 1, LimitType: "PoliciesPerResource" },
  );
}

/** Names the present text of a policy. */
export function policyHash({ id, document }: AttachedPolicy): string {
  return createHash("sha256")
    .update(JSON.stringify([id, document]))
    .digest("hex");
}

export function invalidParameter(name: string, message: string): ApiError {
  return new ApiError(ResourcePolicyInvalidParameterException$, message, { ParameterNames: [name] });
}
