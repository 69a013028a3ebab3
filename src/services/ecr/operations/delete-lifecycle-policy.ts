import { DeleteLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { shownLifecyclePolicy } from "../lifecycle/shape.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { changeRepository } from "../repositories/change.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteLifecyclePolicy.html */
export const deleteLifecyclePolicy = operation(DeleteLifecyclePolicyCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),
  async run(found, _input, context) {
    const shown = shownLifecyclePolicy(existingRepository(found));
    await changeRepository(context, found, (now) => ({
      ...now,
      ...{ lifecyclePolicy: undefined, lifecycleEvaluatedAt: undefined },
    }));
    return shown;
  },
});
