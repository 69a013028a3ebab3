import { AddUserToGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { entityNamed, findGroup, unchanged } from "../entities/find.ts";
import { quotaExceeded } from "../errors.ts";

const mostGroups = 10;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html */
export const addUserToGroup = operation(AddUserToGroupCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      const group = await unchanged(store, found);
      const user = await entityNamed(store, call, "user", input.UserName);
      const groups = await store.memberships.listGroups(user.id);
      if (groups.some(({ id }) => id === group.id)) return;
      if (groups.length >= mostGroups) throw quotaExceeded("GroupsPerUser", mostGroups);
      await store.memberships.add(group.id, user.id);
    });
    return {};
  },
});
