import { ListGroupsForUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { nameKey } from "../entities/entity.ts";
import { findUser } from "../entities/find.ts";
import { groupShape } from "../entities/shape.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export const listGroupsForUser = operation(ListGroupsForUserCommand)({
  access: onUser("iam:ListGroupsForUser"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, input.UserName);
    const { page, ...rest } = pageOf(await store.listGroupsOf(user.id), input, ({ name }) => nameKey(name));
    return { Groups: page.map((group) => groupShape(call, group)), ...rest };
  },
});
