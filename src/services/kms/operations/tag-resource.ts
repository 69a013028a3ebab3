import { TagResourceCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";
import { findKey } from "../keys/find.ts";
import { refusePendingDeletion } from "../keys/state.ts";
import { mergeTags, readTags, tagList } from "../keys/tags.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export const tagResource = operation(TagResourceCommand)({
  async find(input, call, context: Kms) {
    const tags = readTags(input.Tags);
    return { tags, found: await findKey(context, call, input.KeyId, { operation: "TagResource" }) };
  },
  access: ({ found, tags }, _input, call) => keyAccess(call, found, requestTagKeys(tagList(tags))),
  async run({ found, tags }, _input, context) {
    await changeKey(context, found, (current) => {
      refusePendingDeletion(current);
      return { tags: mergeTags(current.key.tags, tags) };
    });
    return {};
  },
});
