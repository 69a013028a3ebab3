import { RemoveUserFromGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup, findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html */
export const removeUserFromGroup = operation(RemoveUserFromGroupCommand)({
  access: onGroup("iam:RemoveUserFromGroup"),
  // Who is not in it is left as is, without an error.
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, input.UserName);
    const group = await findGroup(store, call, input.GroupName);
    await store.removeMember(group.id, user.id);
    return {};
  },
});
