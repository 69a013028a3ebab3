import { GetGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findGroup } from "../entities/find.ts";
import { groupShape, userSummary } from "../entities/shape.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html */
export const getGroup = operation(GetGroupCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, input, { store }, call) {
    const group = existing(found);
    const asked = readPage(input);
    const users = await store.memberships.listUsers(group.id, { after: asked.after, limit: asked.limit + 1 });
    const { page, ...rest } = endPage(users, asked, ({ name }) => nameKey(name));
    return { Group: groupShape(call, group), Users: page.map((user) => userSummary(call, user)), ...rest };
  },
});
