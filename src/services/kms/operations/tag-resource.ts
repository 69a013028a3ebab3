import { TagResourceCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refusePendingDeletion } from "../cryptography/key-use.ts";
import { keyAccess, tagConditions, toChange } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";
import { mergeTags, readTags } from "../keys/tags.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export const tagResource = operation(TagResourceCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "TagResource", input.KeyId, toChange, tagConditions(readTags(input.Tags))),
  async run(input, context, call) {
    const tags = readTags(input.Tags);
    await changeKey(context, call, input.KeyId, (found) => {
      refusePendingDeletion(found);
      return { tags: mergeTags(found.key.tags, tags) };
    });
    return {};
  },
});
