import { ListRolesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onList } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { roleSummary } from "../entities/shape.ts";
import { endPage, readPage } from "../page.ts";

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
