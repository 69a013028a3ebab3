import { PutImageTagMutabilityCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { changeRepository } from "../repositories/change.ts";
import { findRepository } from "../repositories/find.ts";
import { requestedMutability } from "../repositories/mutability.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html */
export const putImageTagMutability = operation(PutImageTagMutabilityCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, context) {
    const mutability = requestedMutability(input);
    const { account, name, ...now } = await changeRepository(context, found, (one) => ({ ...one, ...mutability }));
    return {
      registryId: account,
      repositoryName: name,
      imageTagMutability: now.tagMutability,
      ...(now.mutabilityExclusions.length > 0 && {
        imageTagMutabilityExclusionFilters: [...now.mutabilityExclusions],
      }),
    };
  },
});
