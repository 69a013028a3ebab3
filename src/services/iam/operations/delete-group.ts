import { DeleteGroupCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { findGroup, unchanged } from "../entities/find.ts";
import { cannotDelete } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html */
export const deleteGroup = operation(DeleteGroupCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { id } = await unchanged(store, found);
      if ((await store.memberships.listUsers(id, { after: "", limit: 1 })).length > 0) {
        throw cannotDelete("must remove users from group first");
      }
      if ((await store.attachments.list(id)).length > 0) throw cannotDelete("must detach all policies first");
      if ((await store.inlinePolicies.list(id)).length > 0) throw cannotDelete("must delete policies first");
      await store.groups.delete(id);
    });
    return {};
  },
});
