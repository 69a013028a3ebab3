import { ListResourceTagsCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { tagMembers } from "../keys/tags.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export const listResourceTags = operation(ListResourceTagsCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "ListResourceTags", managed: true }),
  access: (found, _input, call) => keyAccess(call, found),
  async run({ key }, input) {
    const after = readMarker(input.Marker);
    const tags = tagMembers(key.tags)
      .filter(({ TagKey }) => TagKey > after)
      .sort((left, right) => (left.TagKey < right.TagKey ? -1 : 1));
    const { items, next } = page(tags, input.Limit ?? 50, ({ TagKey }) => TagKey);
    return { Tags: [...items], ...next };
  },
});
