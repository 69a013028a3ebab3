import type { InstanceProfile as InstanceProfileShape } from "@aws-sdk/client-iam";
import type { Call } from "../../../../model/call.ts";
import { tagList } from "../../tags.ts";
import type { Role, Tags } from "../entity.ts";
import { roleSummary } from "../shape.ts";

/** What hands a role to an EC2 instance. */
export interface InstanceProfile {
  /** `AIPA…`. */
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly path: string;
  readonly tags: Tags;
  readonly createdAt: Date;
  readonly roleId: string | undefined;
}

/** `arn:aws:iam::111122223333:instance-profile/path/name`. */
export function instanceProfileArn(
  { partition, account }: { readonly partition: string; readonly account: string },
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${account}:instance-profile${path}${name}`;
}

/** How lists show a profile; they leave out tags. */
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
