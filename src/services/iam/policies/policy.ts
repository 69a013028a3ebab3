import type { Tags } from "../tags.ts";

export interface ManagedPolicy {
  readonly arn: string;
  /** `ANPA…`. */
  readonly id: string;
  /** `aws` for the policies that every account has. */
  readonly account: string;
  readonly name: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly tags: Tags;
  readonly defaultVersion: number;
  readonly latestVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PolicyVersion {
  readonly version: number;
  readonly document: string;
  readonly createdAt: Date;
}

/** `arn:aws:iam::111122223333:policy/path/name`. */
export function policyArn(
  { partition, account }: { readonly partition: string; readonly account: string },
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${account}:policy${path}${name}`;
}

export function isPolicyArn(arn: string): boolean {
  return /^arn:[^:]+:iam::(?:\d{12}|aws):policy\/./.test(arn);
}

/** `v3` for 3. */
export function versionId(version: number): string {
  return `v${version}`;
}

/** 3 for `v3`; `undefined` for other text. */
export function versionNumber(id: string): number | undefined {
  const digits = /^v([1-9]\d*)$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The name at the end of a policy's ARN. */
export function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
