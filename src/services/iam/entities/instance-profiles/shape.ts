import type { InstanceProfile as InstanceProfileShape } from "@aws-sdk/client-iam";
import type { Call } from "../../../../model/call.ts";
import { tagList } from "../../tags.ts";
import type { Role } from "../entity.ts";
import { roleSummary } from "../shape.ts";
import { type InstanceProfile, instanceProfileArn } from "./instance-profile.ts";

/** A profile in a list, which leaves out tags. */
export function instanceProfileSummary(
  call: Pick<Call, "partition">,
  profile: InstanceProfile,
  role: Role | undefined,
): InstanceProfileShape {
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: instanceProfileArn({ ...call, account: profile.account }, profile.path, profile.name),
    CreateDate: profile.createdAt,
    Roles: role ? [roleSummary(call, role)] : [],
  };
}

export function instanceProfileShape(
  call: Pick<Call, "partition">,
  profile: InstanceProfile,
  role: Role | undefined,
): InstanceProfileShape {
  return { ...instanceProfileSummary(call, profile, role), Tags: tagList(profile.tags) };
}
