import { AddRoleToInstanceProfileCommand } from "@aws-sdk/client-iam";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { entityArn } from "../entities/entity.ts";
import { findModifiableRole } from "../entities/find.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile } from "../entities/instance-profiles/find.ts";
import { quotaExceeded } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html */
export const addRoleToInstanceProfile = operation(AddRoleToInstanceProfileCommand)({
  access: async (input, call, context: Iam) => [
    await onInstanceProfile("iam:AddRoleToInstanceProfile")(input, call, context),
    await passRole(input.RoleName, call, context),
  ],
  async run(input, { store }, call) {
    await store.transaction(async (store) => {
      const profile = await findInstanceProfile(store, call, input.InstanceProfileName);
      const role = await findModifiableRole(store, call, input.RoleName);
      if (profile.roleId !== undefined) throw quotaExceeded("InstanceSessionsPerInstanceProfile", 1);
      await store.updateInstanceProfile(profile.id, { roleId: role.id });
    });
    return {};
  },
});

/** The role is handed to EC2, for instances that nobody knows yet: AWS's condition key has the pattern of all of them. */
async function passRole(name: string, call: Call, { store }: Iam) {
  const path = (await store.findEntity(call.account, "role", name))?.path ?? "/";
  return {
    action: "iam:PassRole",
    resource: entityArn(call, "role", path, name),
    conditions: {
      "iam:PassedToService": "ec2.amazonaws.com",
      "iam:AssociatedResourceArn": `arn:${call.partition}:ec2:*:${call.account}:instance/*`,
    },
  };
}
