import type { Tags } from "../../tags.ts";

/** It hands a role to an EC2 instance. */
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
