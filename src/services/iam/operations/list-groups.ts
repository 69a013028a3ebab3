import { ListGroupsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { groupShape } from "../entities/shape.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html */
export const listGroups = operation(ListGroupsCommand)({
  access: onPath("group"),
  async run(_found, input, { store }: Iam, call) {
    const asked = readPage(input);
    const groups = await store.groups.list(call.account, {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(groups, asked, ({ name }) => nameKey(name));
    return { Groups: page.map((group) => groupShape(call, group)), ...rest };
  },
});
