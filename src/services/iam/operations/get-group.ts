import { GetGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onGroup } from "../access.ts";
import type { Iam } from "../context.ts";
import { nameKey } from "../entity.ts";
import { findGroup } from "../find.ts";
import { endPage, readPage } from "../page.ts";
import { groupShape, userSummary } from "../shapes.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html */
export const getGroup = operation(GetGroupCommand)({
  access: onGroup("iam:GetGroup"),
  async run(input, { store }: Iam, call) {
    const group = await findGroup(store, call, input.GroupName);
    const asked = readPage(input);
    const users = await store.listMembers(group.id, { after: asked.after, limit: asked.limit + 1 });
    const { page, ...rest } = endPage(users, asked, ({ name }) => nameKey(name));
    return { Group: groupShape(call, group), Users: page.map((user) => userSummary(call, user)), ...rest };
  },
});
