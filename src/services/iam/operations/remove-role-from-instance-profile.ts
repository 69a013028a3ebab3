import { RemoveRoleFromInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { findModifiableRole } from "../entities/find.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile } from "../entities/instance-profiles/find.ts";
import { noSuchEntity } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html */
export const removeRoleFromInstanceProfile = operation(RemoveRoleFromInstanceProfileCommand)({
  access: onInstanceProfile("iam:RemoveRoleFromInstanceProfile"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const profile = await findInstanceProfile(store, call, input.InstanceProfileName);
      const role = await findModifiableRole(store, call, input.RoleName);
      if (profile.roleId !== role.id) throw noSuchEntity("role", role.name);
      await store.updateInstanceProfile(profile.id, { roleId: null });
    });
    return {};
  },
});
