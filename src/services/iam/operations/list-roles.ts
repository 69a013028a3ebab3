import { ListRolesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { roleSummary } from "../entities/shape.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const listRoles = operation(ListRolesCommand)({
  access: onPath("role"),
  async run(_found, input, { store }: Iam, call) {
    const asked = readPage(input);
    const roles = await store.roles.list(call.account, {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(roles, asked, ({ name }) => nameKey(name));
    return { Roles: page.map((role) => roleSummary(call, role)), ...rest };
  },
});
