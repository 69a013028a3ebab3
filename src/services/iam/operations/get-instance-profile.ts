import { GetInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { findInstanceProfile, roleOf } from "../find-instance-profile.ts";
import { instanceProfileShape } from "../instance-profile.ts";
import { onInstanceProfile } from "../instance-profile-access.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
export const getInstanceProfile = operation(GetInstanceProfileCommand)({
  access: onInstanceProfile("iam:GetInstanceProfile"),
  async run(input, { store }: Iam, call) {
    const profile = await findInstanceProfile(store, call, input.InstanceProfileName);
    return { InstanceProfile: instanceProfileShape(call, profile, await roleOf(store, profile)) };
  },
});
