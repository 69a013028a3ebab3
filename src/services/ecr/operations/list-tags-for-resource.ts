import { ListTagsForResourceCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository } from "../repositories/find.ts";
import { findTagged } from "../repositories/tags.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(ListTagsForResourceCommand)({
  find: (input, call, context: Ecr) => findTagged(context, call, input.resourceArn),
  access: (found, _input, call) => repositoryAccess(found, call),
  async run(found) {
    return { tags: existingRepository(found).tags.map(({ key, value }) => ({ Key: key, Value: value })) };
  },
});
