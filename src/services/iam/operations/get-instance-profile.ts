import { GetInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile, roleOf } from "../entities/instance-profiles/find.ts";
import { instanceProfileShape } from "../entities/instance-profiles/instance-profile.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
export const getInstanceProfile = operation(GetInstanceProfileCommand)({
  access: onInstanceProfile("iam:GetInstanceProfile"),
  async run(input, { store }: Iam, call) {
    const profile = await findInstanceProfile(store, call, input.InstanceProfileName);
    return { InstanceProfile: instanceProfileShape(call, profile, await roleOf(store, profile)) };
  },
});
