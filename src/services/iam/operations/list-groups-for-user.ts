import { ListGroupsForUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onUser } from "../access.ts";
import type { Iam } from "../context.ts";
import { nameKey } from "../entity.ts";
import { findUser } from "../find.ts";
import { pageOf } from "../page.ts";
import { groupShape } from "../shapes.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export const listGroupsForUser = operation(ListGroupsForUserCommand)({
  access: onUser("iam:ListGroupsForUser"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, input.UserName);
    const { page, ...rest } = pageOf(await store.listGroupsOf(user.id), input, ({ name }) => nameKey(name));
    return { Groups: page.map((group) => groupShape(call, group)), ...rest };
  },
});
