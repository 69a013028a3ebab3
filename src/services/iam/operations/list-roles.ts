import { ListRolesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onList } from "../access.ts";
import type { Iam } from "../context.ts";
import { nameKey } from "../entity.ts";
import { endPage, readPage } from "../page.ts";
import { roleSummary } from "../shapes.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const listRoles = operation(ListRolesCommand)({
  access: onList("iam:ListRoles", "role"),
  async run(input, { store }: Iam, call) {
    const asked = readPage(input);
    const roles = await store.listEntities(call.account, "role", {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(roles, asked, ({ name }) => nameKey(name));
    return { Roles: page.map((role) => roleSummary(call, role)), ...rest };
  },
});
