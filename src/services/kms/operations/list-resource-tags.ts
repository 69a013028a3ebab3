import { ListResourceTagsCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toRead } from "../keys/access.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export const listResourceTags = operation(ListResourceTagsCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "ListResourceTags", input.KeyId, toRead),
  async run(input, context, call) {
    const { key } = await requestedKey(context, call, input.KeyId);
    const after = readMarker(input.Marker);
    const names = [...key.tags.keys()].filter((name) => name > after).sort();
    const { items, next } = page(names, input.Limit ?? 50, (name) => name);
    return { Tags: items.map((name) => ({ TagKey: name, TagValue: key.tags.get(name)! })), ...next };
  },
});
