import { GetLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { shownLifecyclePolicy } from "../lifecycle/shape.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicy.html */
export const getLifecyclePolicy = operation(GetLifecyclePolicyCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),
  run: async (found) => shownLifecyclePolicy(existingRepository(found)),
});
