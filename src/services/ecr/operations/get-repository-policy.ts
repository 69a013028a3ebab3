import { GetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";
import { policyNotFound } from "../repositories/policy.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html */
export const getRepositoryPolicy = operation(GetRepositoryPolicyCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),
  async run(found) {
    const { account, name, policy } = existingRepository(found);
    if (policy === undefined) throw policyNotFound({ account, name });
    return { registryId: account, repositoryName: name, policyText: policy };
  },
});
