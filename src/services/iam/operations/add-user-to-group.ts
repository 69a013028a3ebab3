import { AddUserToGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup, findUser } from "../entities/find.ts";
import { quotaExceeded } from "../errors.ts";

const mostGroups = 10;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html */
export const addUserToGroup = operation(AddUserToGroupCommand)({
  access: onGroup("iam:AddUserToGroup"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const group = await findGroup(store, call, input.GroupName);
      const user = await findUser(store, call, input.UserName);
      const groups = await store.listGroupsOf(user.id);
      if (groups.some(({ id }) => id === group.id)) return;
      if (groups.length >= mostGroups) throw quotaExceeded("GroupsPerUser", mostGroups);
      await store.addMember(group.id, user.id);
    });
    return {};
  },
});
