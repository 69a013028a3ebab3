import { UpdateRoleDescriptionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { roleShape } from "../entities/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
export const updateRoleDescription = operation(UpdateRoleDescriptionCommand)({
  find: findRole,
  access: onBoundedEntity,
  async run(found, { Description: description }, { store }, call) {
    const role = await store.transaction(async (store) => {
      const role = await unchanged(store, found);
      await store.roles.update(role.id, { description });
      return role;
    });
    return { Role: roleShape(call, { ...role, description }) };
  },
});
