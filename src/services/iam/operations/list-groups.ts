import { ListGroupsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onList } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { groupShape } from "../entities/shape.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html */
export const listGroups = operation(ListGroupsCommand)({
  access: onList("iam:ListGroups", "group"),
  async run(input, { store }: Iam, call) {
    const asked = readPage(input);
    const groups = await store.listEntities(call.account, "group", {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(groups, asked, ({ name }) => nameKey(name));
    return { Groups: page.map((group) => groupShape(call, group)), ...rest };
  },
});
