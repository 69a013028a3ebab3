import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { statusOf } from "../credentials/status.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const listAccessKeys = operation(ListAccessKeysCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    const user = existing(found);
    const { page, ...rest } = pageOf(await store.accessKeys.list(user.id), input, ({ id }) => id);
    return {
      AccessKeyMetadata: page.map(({ id, active, createdAt }) => ({
        UserName: user.name,
        AccessKeyId: id,
        Status: statusOf(active),
        CreateDate: createdAt,
      })),
      ...rest,
    };
  },
});
