import { CreateInstanceProfileCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { wholeSeconds } from "../entities/entity.ts";
import {
  type InstanceProfile,
  instanceProfileArn,
  instanceProfileShape,
} from "../entities/instance-profiles/instance-profile.ts";
import { quotaExceeded } from "../errors.ts";
import { newResourceTags } from "../resource-tags.ts";
import { casedTags } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";

const mostProfiles = 1000;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export const createInstanceProfile = operation(CreateInstanceProfileCommand)({
  access: (input, call) => ({
    action: "iam:CreateInstanceProfile",
    resource: instanceProfileArn(call, input.Path ?? "/", input.InstanceProfileName),
    conditions: newResourceTags(casedTags.read(input.Tags)),
  }),
  async run(input, { store, ids }: Iam, call) {
    const profile: InstanceProfile = {
      id: uniqueId("AIPA", call.account, ids),
      account: call.account,
      name: input.InstanceProfileName,
      path: input.Path ?? "/",
      tags: casedTags.merge({}, casedTags.read(input.Tags)),
      createdAt: wholeSeconds(call.time),
      roleId: undefined,
    };
    await store.transaction(async (store) => {
      if (await store.isInstanceProfileTaken(call.account, profile.name)) {
        throw new ApiError(EntityAlreadyExistsException$, `Instance Profile ${profile.name} already exists.`);
      }
      if ((await store.countInstanceProfiles(call.account)) >= mostProfiles) {
        throw quotaExceeded("InstanceProfilesPerAccount", mostProfiles);
      }
      await store.insertInstanceProfile(profile);
    });
    return { InstanceProfile: instanceProfileShape(call, profile, undefined) };
  },
});
