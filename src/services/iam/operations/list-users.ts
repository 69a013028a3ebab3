import { ListUsersCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onList } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { userSummary } from "../entities/shape.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers = operation(ListUsersCommand)({
  access: onList("iam:ListUsers", "user"),
  async run(input, { store }: Iam, call) {
    const asked = readPage(input);
    const users = await store.listEntities(call.account, "user", {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(users, asked, ({ name }) => nameKey(name));
    return { Users: page.map((user) => userSummary(call, user)), ...rest };
  },
});
