import { PutLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { readLifecyclePolicy } from "../lifecycle/policy.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { changeRepository } from "../repositories/change.ts";
import { findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html */
export const putLifecyclePolicy = operation(PutLifecyclePolicyCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),
  async run(found, { lifecyclePolicyText }, context) {
    readLifecyclePolicy(lifecyclePolicyText);
    const { account, name } = await changeRepository(context, found, (now) => ({
      ...now,
      ...{ lifecyclePolicy: lifecyclePolicyText, lifecycleEvaluatedAt: undefined },
    }));
    return { registryId: account, repositoryName: name, lifecyclePolicyText };
  },
});
