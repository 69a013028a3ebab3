import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser, userNameOf } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const listAccessKeys = operation(ListAccessKeysCommand)({
  access: onUser("iam:ListAccessKeys"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, userNameOf(input, call));
    const { page, ...rest } = pageOf(await store.listAccessKeys(user.id), input, ({ id }) => id);
    return {
      AccessKeyMetadata: page.map(({ id, active, createdAt }) => ({
        UserName: user.name,
        AccessKeyId: id,
        Status: active ? "Active" : "Inactive",
        CreateDate: createdAt,
      })),
      ...rest,
    };
  },
});
