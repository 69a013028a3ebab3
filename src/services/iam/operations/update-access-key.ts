import { UpdateAccessKeyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser, userNameOf } from "../entities/access.ts";
import { findUserAccessKey } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey = operation(UpdateAccessKeyCommand)({
  access: onUser("iam:UpdateAccessKey"),
  async run(input, { store }: Iam, call) {
    const key = await findUserAccessKey(store, call, userNameOf(input, call), input.AccessKeyId);
    await store.setAccessKeyActive(key.id, input.Status === "Active");
    return {};
  },
});
