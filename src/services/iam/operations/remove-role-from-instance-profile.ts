import { RemoveRoleFromInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { noSuchEntity } from "../errors.ts";
import { findModifiableRole } from "../find.ts";
import { findInstanceProfile } from "../find-instance-profile.ts";
import { onInstanceProfile } from "../instance-profile-access.ts";

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
