import { DeleteAccessKeyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser, userNameOf } from "../entities/access.ts";
import { findUserAccessKey } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const deleteAccessKey = operation(DeleteAccessKeyCommand)({
  access: onUser("iam:DeleteAccessKey"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const key = await findUserAccessKey(store, call, userNameOf(input, call), input.AccessKeyId);
      await store.deleteAccessKey(key.id);
    });
    return {};
  },
});
