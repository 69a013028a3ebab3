import { ListGroupsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onList } from "../access.ts";
import type { Iam } from "../context.ts";
import { nameKey } from "../entity.ts";
import { endPage, readPage } from "../page.ts";
import { groupShape } from "../shapes.ts";

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
