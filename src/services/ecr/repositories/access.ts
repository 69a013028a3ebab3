import { isDeepStrictEqual } from "node:util";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { type ConditionKeys, resourceTagKeys } from "../../../model/tag-conditions.ts";
import { type FoundRepository, type Repository, repositoryArn } from "./repository.ts";
import { withResource } from "./with-resource.ts";

/** The permission that an operation on a repository needs; `conditions` are the request's own. */
export function repositoryAccess(
  { asked, repository }: FoundRepository,
  call: Pick<Call, "partition">,
  conditions: ConditionKeys = {},
): Need {
  return {
    resource: repositoryArn({ ...asked, partition: call.partition }, asked.name),
    resourceAccount: asked.account,
    conditions: { ...resourceTagKeys(repository?.tags ?? [], "ecr"), ...conditions },
    ...(repository?.policy !== undefined && {
      resourcePolicy: { name: "repository policy", document: withResource(repository.policy), rule: "either" },
    }),
  };
}

/** True if policies decide the same on both: it is the same repository, with the same policy and tags. */
export function isSameToPolicies(one: Repository, other: Repository): boolean {
  const decisive = ({ id, policy, tags }: Repository) => ({ id, policy, tags });
  return isDeepStrictEqual(decisive(one), decisive(other));
}
