import { RemoveRoleFromInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { noSuchEntity } from "../entities/errors.ts";
import { entityNamed } from "../entities/find.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile, unchangedInstanceProfile } from "../entities/instance-profiles/find.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html */
export const removeRoleFromInstanceProfile = operation(RemoveRoleFromInstanceProfileCommand)({
  find: findInstanceProfile,
  access: onInstanceProfile,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      const profile = await unchangedInstanceProfile(store, found);
      const role = modifiable(await entityNamed(store, call, "role", input.RoleName));
      if (profile.roleId !== role.id) throw noSuchEntity("role", role.name);
      await store.instanceProfiles.update(profile.id, { roleId: null });
    });
    return {};
  },
});
