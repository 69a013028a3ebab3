import { UntagResourceCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { changeRepository } from "../repositories/change.ts";
import { findTagged } from "../repositories/tags.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(UntagResourceCommand)({
  find: (input, call, context: Ecr) => findTagged(context, call, input.resourceArn),
  access: (found, input, call) => repositoryAccess(found, call, { "aws:TagKeys": input.tagKeys }),
  async run(found, input, context) {
    const left = (key: string) => !input.tagKeys.includes(key);
    await changeRepository(context, found, (now) => ({ ...now, tags: now.tags.filter(({ key }) => left(key)) }));
    return {};
  },
});
