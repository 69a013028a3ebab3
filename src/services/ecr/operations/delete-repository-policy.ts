import { DeleteRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { changeRepository } from "../repositories/change.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";
import { policyNotFound } from "../repositories/policy.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepositoryPolicy.html */
export const deleteRepositoryPolicy = operation(DeleteRepositoryPolicyCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),
  async run(found, _input, context, _call) {
    const { account, name, policy } = existingRepository(found);
    if (policy === undefined) throw policyNotFound({ account, name });
    await changeRepository(context, found, (now) => ({ ...now, policy: undefined }));
    return { registryId: account, repositoryName: name, policyText: policy };
  },
});
