import { SetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { changeRepository } from "../repositories/change.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";
import { checkPolicy, refuseLockout } from "../repositories/policy.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
export const setRepositoryPolicy = operation(SetRepositoryPolicyCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, context, call) {
    const repository = existingRepository(found);
    const { policyText } = input;
    checkPolicy(policyText);
    if (!input.force)
      await refuseLockout(context, { ...found, repository: { ...repository, policy: policyText } }, call);
    const { account, name } = await changeRepository(context, found, (now) => ({ ...now, policy: policyText }));
    return { registryId: account, repositoryName: name, policyText };
  },
});
