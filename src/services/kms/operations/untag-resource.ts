import { UntagResourceCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";
import { findKey } from "../keys/find.ts";
import { refusePendingDeletion } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(UntagResourceCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "UntagResource" }),
  access: (found, input, call) =>
    keyAccess(call, found, input.TagKeys.length > 0 ? { "aws:TagKeys": input.TagKeys } : {}),
  async run(found, input, context) {
    const removed = new Set(input.TagKeys);
    await changeKey(context, found, (current) => {
      refusePendingDeletion(current);
      return { tags: new Map([...current.key.tags].filter(([name]) => !removed.has(name))) };
    });
    return {};
  },
});
