import { GetInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { existingInstanceProfile, findInstanceProfile, roleOf } from "../entities/instance-profiles/find.ts";
import { instanceProfileShape } from "../entities/instance-profiles/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
export const getInstanceProfile = operation(GetInstanceProfileCommand)({
  find: findInstanceProfile,
  access: onInstanceProfile,
  async run(found, _input, { store }, call) {
    const profile = existingInstanceProfile(found);
    return { InstanceProfile: instanceProfileShape(call, profile, await roleOf(store, profile)) };
  },
});
