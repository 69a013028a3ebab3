/** What roles, users and groups have in common: policies are attached to them. IAM calls them "entities". */
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

/** No principal: its policies are its users'. It has neither boundary nor tags. */
export interface Group extends EntityBase {
  readonly kind: "group";
}

export type Entity = Role | User | Group;
export type EntityKind = Entity["kind"];
export type Tags = Readonly<Record<string, string>>;

/** `arn:aws:iam::111122223333:role/path/name`. */
export function entityArn(
  { partition, account }: { readonly partition: string; readonly account: string },
  kind: EntityKind,
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${account}:${kind}${path}${name}`;
}

/** IAM keeps times in whole seconds. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

/** Names differ in more than case. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** Path and name out of `role/path/name`, the resource part of an ARN; `undefined` if it is not of that kind. */
export function splitResource(resource: string, kind: string): { path: string; name: string } | undefined {
  if (!resource.startsWith(`${kind}/`)) return undefined;
  const slash = resource.lastIndexOf("/");
  const name = resource.slice(slash + 1);
  return name === "" ? undefined : { path: resource.slice(kind.length, slash + 1), name };
}
