import { DeleteServiceLinkedRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { noSuchEntity } from "../entities/errors.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { isServiceLinked } from "../entities/service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html */
export const deleteServiceLinkedRole = operation(DeleteServiceLinkedRoleCommand)({
  find: findRole,
  access: onEntity,
  // No service of this server acts through such a role, so none has to be asked whether it still does.
  async run(found, _input, { store, ids }, call) {
    const token = ids.uuid();
    return await store.transaction(async (store) => {
      const role = await unchanged(store, found);
      if (!isServiceLinked(role)) throw noSuchEntity("role", role.name);
      for (const arn of await store.attachments.list(role.id)) await store.attachments.detach(role.id, arn);
      await store.roles.delete(role.id);
      const DeletionTaskId = `task${role.path}${role.name}/${token}`;
      await store.deletionTasks.insert({ id: DeletionTaskId, account: call.account, createdAt: call.time });
      return { DeletionTaskId };
    });
  },
});
