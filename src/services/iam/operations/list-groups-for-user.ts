import { ListGroupsForUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { groupShape } from "../entities/shape.ts";
import { nameKey } from "../names.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export const listGroupsForUser = operation(ListGroupsForUserCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }, call) {
    const groups = await store.memberships.listGroups(existing(found).id);
    const { page, ...rest } = pageOf(groups, input, ({ name }) => nameKey(name));
    return { Groups: page.map((group) => groupShape(call, group)), ...rest };
  },
});
