import { DeleteInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile } from "../entities/instance-profiles/find.ts";
import { cannotDelete } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html */
export const deleteInstanceProfile = operation(DeleteInstanceProfileCommand)({
  access: onInstanceProfile("iam:DeleteInstanceProfile"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id, roleId } = await findInstanceProfile(store, call, input.InstanceProfileName);
      if (roleId !== undefined) throw cannotDelete("must remove roles from instance profile first");
      await store.deleteInstanceProfile(id);
    });
    return {};
  },
});
