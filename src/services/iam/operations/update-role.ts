import { UpdateRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export const updateRole = operation(UpdateRoleCommand)({
  find: findRole,
  access: onBoundedEntity,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const role = await unchanged(store, found);
      // The description of a service-linked role may be changed.
      const { id } = input.MaxSessionDuration === undefined ? role : modifiable(role);
      await store.roles.update(id, { description: input.Description, maxSessionDuration: input.MaxSessionDuration });
    });
    return {};
  },
});
