import { RemoveUserFromGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { entityNamed, findGroup, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html */
export const removeUserFromGroup = operation(RemoveUserFromGroupCommand)({
  find: findGroup,
  access: onEntity,
  // A user that is not in the group is no error.
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      const user = await entityNamed(store, call, "user", input.UserName);
      const group = await unchanged(store, found);
      await store.memberships.remove(group.id, user.id);
    });
    return {};
  },
});
