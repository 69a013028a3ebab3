import { DeleteRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findModifiableRole } from "../entities/find.ts";
import { cannotDelete } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const deleteRole = operation(DeleteRoleCommand)({
  access: onRole("iam:DeleteRole"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id } = await findModifiableRole(store, call, input.RoleName);
      if ((await store.listInstanceProfilesOf([id])).length > 0) {
        throw cannotDelete("must remove roles from instance profile first");
      }
      if ((await store.listAttached(id)).length > 0) throw cannotDelete("must detach all policies first");
      if ((await store.listInline(id)).length > 0) throw cannotDelete("must delete policies first");
      await store.deleteEntity(id);
    });
    return {};
  },
});
