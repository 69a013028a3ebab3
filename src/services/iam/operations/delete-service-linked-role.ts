import { DeleteServiceLinkedRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { isServiceLinked } from "../entities/service-linked-roles/service-linked-role.ts";
import { noSuchEntity } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html */
export const deleteServiceLinkedRole = operation(DeleteServiceLinkedRoleCommand)({
  access: onRole("iam:DeleteServiceLinkedRole"),
  // No service here acts through such a role, so none needs to be asked whether it still does.
  async run(input, { store, ids }: Iam, call) {
    const token = ids.uuid();
    return await store.transaction(async (store) => {
      const role = await findRole(store, call, input.RoleName);
      if (!isServiceLinked(role)) throw noSuchEntity("role", role.name);
      for (const arn of await store.listAttached(role.id)) await store.detach(role.id, arn);
      await store.deleteEntity(role.id);
      const DeletionTaskId = `task${role.path}${role.name}/${token}`;
      await store.insertDeletionTask({ id: DeletionTaskId, account: call.account, createdAt: call.time });
      return { DeletionTaskId };
    });
  },
});
