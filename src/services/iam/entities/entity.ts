import type { Tags } from "../tags.ts";

/** The common part of roles, users and groups: policies are attached to them. IAM calls them "entities". */
export interface EntityBase {
  /** `AROA…`, `AIDA…` or `AGPA…`. */
  readonly id: string;
  readonly account: string;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly boundaryArn: string | undefined;
  readonly tags: Tags;
  readonly createdAt: Date;
}

export interface Role extends EntityBase {
  readonly kind: "role";
  readonly trustPolicy: string;
  readonly description: string | undefined;
  /** Seconds. */
  readonly maxSessionDuration: number;
}

export interface User extends EntityBase {
  readonly kind: "user";
}

/** Not a principal: its policies count for its users. It has neither boundary nor tags. */
export interface Group extends EntityBase {
  readonly kind: "group";
}

export interface EntityOfKind {
  readonly role: Role;
  readonly user: User;
  readonly group: Group;
}

export type EntityKind = keyof EntityOfKind;
export type Entity = EntityOfKind[EntityKind];

/** `arn:aws:iam::111122223333:role/path/name`. */
export function entityArn(
  { partition, account }: { readonly partition: string; readonly account: string },
  kind: EntityKind,
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${account}:${kind}${path}${name}`;
}
