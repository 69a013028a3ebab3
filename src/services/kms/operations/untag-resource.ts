import { UntagResourceCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refusePendingDeletion } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";

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
