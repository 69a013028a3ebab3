import { ListUsersCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { userSummary } from "../entities/shape.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers = operation(ListUsersCommand)({
  access: onPath("user"),
  async run(_found, input, { store }: Iam, call) {
    const asked = readPage(input);
    const users = await store.users.list(call.account, {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(users, asked, ({ name }) => nameKey(name));
    return { Users: page.map((user) => userSummary(call, user)), ...rest };
  },
});
