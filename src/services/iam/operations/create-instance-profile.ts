import { CreateInstanceProfileCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { type InstanceProfile, instanceProfileArn } from "../entities/instance-profiles/instance-profile.ts";
import { instanceProfileShape } from "../entities/instance-profiles/shape.ts";
import { quotaExceeded } from "../errors.ts";
import { casedTags, newTags } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

const mostProfiles = 1000;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export const createInstanceProfile = operation(CreateInstanceProfileCommand)({
  find: (input) => casedTags.read(input.Tags),
  access: (tags, input, call) => ({
    resource: instanceProfileArn(call, input.Path ?? "/", input.InstanceProfileName),
    conditions: newTags(tags),
  }),
  async run(tags, input, { store, ids }: Iam, call) {
    const profile: InstanceProfile = {
      id: uniqueId("AIPA", call.account, ids),
      account: call.account,
      name: input.InstanceProfileName,
      path: input.Path ?? "/",
      tags: casedTags.merge({}, tags),
      createdAt: wholeSeconds(call.time),
      roleId: undefined,
    };
    await store.transaction(async (store) => {
      if (await store.instanceProfiles.isTaken(call.account, profile.name)) {
        throw new ApiError(EntityAlreadyExistsException$, `Instance Profile ${profile.name} already exists.`);
      }
      if ((await store.instanceProfiles.count(call.account)) >= mostProfiles) {
        throw quotaExceeded("InstanceProfilesPerAccount", mostProfiles);
      }
      await store.instanceProfiles.insert(profile);
    });
    return { InstanceProfile: instanceProfileShape(call, profile, undefined) };
  },
});
