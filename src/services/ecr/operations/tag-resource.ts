import { TagResourceCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { changeRepository } from "../repositories/change.ts";
import { findTagged, requestedTags, withTags } from "../repositories/tags.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_TagResource.html */
export const tagResource = operation(TagResourceCommand)({
  async find(input, call, context: Ecr) {
    return { ...(await findTagged(context, call, input.resourceArn)), added: requestedTags(input.tags) };
  },
  access: (found, _input, call) => repositoryAccess(found, call, requestTagKeys(found.added)),
  async run(found, _input, context) {
    await changeRepository(context, found, (now) => ({ ...now, tags: withTags(now.tags, found.added) }));
    return {};
  },
});
