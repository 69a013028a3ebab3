import { StartLifecyclePolicyPreviewCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { lifecyclePolicyNotFound } from "../errors.ts";
import { expiringImages } from "../lifecycle/evaluate.ts";
import { readLifecyclePolicy } from "../lifecycle/policy.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/**
 * A preview is complete at once.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartLifecyclePolicyPreview.html
 */
export const startLifecyclePolicyPreview = operation(StartLifecyclePolicyPreviewCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),
  async run(found, input, { store }, call) {
    const repository = existingRepository(found);
    const policyText = input.lifecyclePolicyText ?? repository.lifecyclePolicy;
    if (policyText === undefined) throw lifecyclePolicyNotFound(repository);
    const expiring = expiringImages(readLifecyclePolicy(policyText), await store.images.list(repository), call.time);
    const inOrder = expiring.toSorted((one, other) => (one.image.digest < other.image.digest ? -1 : 1));
    const results = inOrder.map(({ image, priority }) => ({
      ...{ digest: image.digest, tags: image.tags, pushedAt: image.pushedAt.getTime(), priority },
    }));
    await store.lifecycle.putPreview(repository, { policyText, results });
    const { account: registryId, name: repositoryName } = repository;
    return { registryId, repositoryName, lifecyclePolicyText: policyText, status: "IN_PROGRESS" as const };
  },
});
