import { RepositoryPolicyNotFoundException$ } from "@aws-sdk/client-ecr";
import { ApiError } from "../../../model/api-error.ts";
import type { Authorize, Call } from "../../../model/call.ts";
import { MalformedPolicy, parsePolicy } from "../../../policy/index.ts";
import { invalidParameter, type NamedRepository } from "../errors.ts";
import { repositoryAccess } from "./access.ts";
import type { FoundRepository } from "./repository.ts";
import { withResource } from "./with-resource.ts";

const parameter = "Invalid parameter at 'PolicyText' failed to satisfy constraint";

/** Throws if the text is no policy of a resource. */
export function checkPolicy(policyText: string): void {
  try {
    // What a repository's policy is about is the repository: its statements name no resource.
    parsePolicy(withResource(policyText), "resource");
  } catch (error) {
    if (!(error instanceof MalformedPolicy) && !(error instanceof SyntaxError)) throw error;
    throw invalidParameter(`${parameter}: 'Invalid repository policy provided'`);
  }
}

/** Throws if the caller could not change the policy any more under the one in `found`. */
export async function refuseLockout(
  { authorize }: { readonly authorize: Authorize },
  found: FoundRepository,
  call: Call,
): Promise<void> {
  const denial = await authorize(call, { ...repositoryAccess(found, call), action: "ecr:SetRepositoryPolicy" });
  if (denial === undefined) return;
  throw invalidParameter(
    `${parameter}: 'The policy would not allow you to set another one; give force to set it all the same'`,
  );
}

export function policyNotFound({ account, name }: NamedRepository): ApiError {
  return new ApiError(
    RepositoryPolicyNotFoundException$,
    `Repository policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
  );
}
