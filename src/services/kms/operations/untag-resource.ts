import { UntagResourceCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import { changeKey } from "../change-key.ts";
import type { Kms } from "../context.ts";
import { keyAccess, toChange } from "../key-access.ts";
import { refusePendingDeletion } from "../use-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(UntagResourceCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "UntagResource", input.KeyId, toChange, { "aws:TagKeys": input.TagKeys }),
  async run(input, context, call) {
    const removed = new Set(input.TagKeys);
    await changeKey(context, call, input.KeyId, (found) => {
      refusePendingDeletion(found);
      return { tags: new Map([...found.key.tags].filter(([name]) => !removed.has(name))) };
    });
    return {};
  },
});
