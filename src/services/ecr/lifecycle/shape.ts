import { lifecyclePolicyNotFound } from "../errors.ts";
import type { Repository } from "../repositories/repository.ts";

/** A repository's policy as GetLifecyclePolicy shows it. Throws if it has none. */
export function shownLifecyclePolicy(repository: Repository) {
  const { account, name, lifecyclePolicy, lifecycleEvaluatedAt } = repository;
  if (lifecyclePolicy === undefined) throw lifecyclePolicyNotFound(repository);
  return {
    ...{ registryId: account, repositoryName: name, lifecyclePolicyText: lifecyclePolicy },
    ...(lifecycleEvaluatedAt && { lastEvaluatedAt: lifecycleEvaluatedAt }),
  };
}
