import { GetGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { findGroup } from "../entities/find.ts";
import { groupShape, userSummary } from "../entities/shape.ts";
import { endPage, readPage } from "../page.ts";

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
