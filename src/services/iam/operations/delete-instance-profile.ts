import { DeleteInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile, unchangedInstanceProfile } from "../entities/instance-profiles/find.ts";
import { cannotDelete } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html */
export const deleteInstanceProfile = operation(DeleteInstanceProfileCommand)({
  find: findInstanceProfile,
  access: onInstanceProfile,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { id, roleId } = await unchangedInstanceProfile(store, found);
      if (roleId !== undefined) throw cannotDelete("must remove roles from instance profile first");
      await store.instanceProfiles.delete(id);
    });
    return {};
  },
});
