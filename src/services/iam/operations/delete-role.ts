import { DeleteRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";
import { cannotDelete } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const deleteRole = operation(DeleteRoleCommand)({
  find: findRole,
  access: onBoundedEntity,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { id } = modifiable(await unchanged(store, found));
      if ((await store.instanceProfiles.listOfRoles([id])).length > 0) {
        throw cannotDelete("must remove roles from instance profile first");
      }
      if ((await store.attachments.list(id)).length > 0) throw cannotDelete("must detach all policies first");
      if ((await store.inlinePolicies.list(id)).length > 0) throw cannotDelete("must delete policies first");
      await store.roles.delete(id);
    });
    return {};
  },
});
