import { AddRoleToInstanceProfileCommand } from "@aws-sdk/client-iam";
import type { Call } from "../../../model/call.ts";
import { type Need, operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { entityArn } from "../entities/entity.ts";
import { type FoundEntity, findRole, unchanged } from "../entities/find.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile, unchangedInstanceProfile } from "../entities/instance-profiles/find.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";
import { quotaExceeded } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html */
export const addRoleToInstanceProfile = operation(AddRoleToInstanceProfileCommand)({
  find: async (input, call, context: Iam) => ({
    ...(await findInstanceProfile(input, call, context)),
    role: await findRole(input, call, context),
  }),
  access: (found, input, call) => [onInstanceProfile(found, input, call), passRole(found.role, call)],
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const profile = await unchangedInstanceProfile(store, found);
      const role = modifiable(await unchanged(store, found.role));
      if (profile.roleId !== undefined) throw quotaExceeded("InstanceSessionsPerInstanceProfile", 1);
      await store.instanceProfiles.update(profile.id, { roleId: role.id });
    });
    return {};
  },
});

/** The role is passed to EC2, for instances that do not exist yet: AWS's condition key has the pattern of all of them. */
function passRole({ entity, name }: FoundEntity<"role">, call: Call): Need {
  return {
    action: "iam:PassRole",
    resource: entityArn(call, "role", entity?.path ?? "/", name),
    conditions: {
      "iam:PassedToService": "ec2.amazonaws.com",
      "iam:AssociatedResourceArn": `arn:${call.partition}:ec2:*:${call.account}:instance/*`,
    },
  };
}
