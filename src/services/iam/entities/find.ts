import type { Call } from "../../../model/call.ts";
import { validationError } from "../../../model/common-errors.ts";
import type { Iam } from "../context.ts";
import { refuseChanged } from "../refuse-changed.ts";
import type { IamRecords } from "../store.ts";
import type { EntityKind, EntityOfKind } from "./entity.ts";
import { noSuchEntity } from "./errors.ts";
import { recordsOf } from "./records-of.ts";

/** The entity that a request names, as it was found before access was asked for. */
export interface FoundEntity<K extends EntityKind = EntityKind> {
  readonly kind: K;
  readonly name: string;
  /** `undefined` where no entity has the name. */
  readonly entity: EntityOfKind[K] | undefined;
}

export async function findRole(
  { RoleName: name }: { readonly RoleName: string },
  { account }: Call,
  { store }: Iam,
): Promise<FoundEntity<"role">> {
  return { kind: "role", name, entity: await store.roles.find(account, name) };
}

export async function findGroup(
  { GroupName: name }: { readonly GroupName: string },
  { account }: Call,
  { store }: Iam,
): Promise<FoundEntity<"group">> {
  return { kind: "group", name, entity: await store.groups.find(account, name) };
}

/** The user that the request names, else the caller. */
export async function findUser(
  input: { readonly UserName?: string },
  { account, principal }: Call,
  { store }: Iam,
): Promise<FoundEntity<"user">> {
  const name = input.UserName ?? principal.userName;
  if (name === undefined) throw validationError("Must specify userName when calling with non-User credentials");
  return { kind: "user", name, entity: await store.users.find(account, name) };
}

/** As `findUser`; `undefined` where the root user asks about itself. */
export async function findUserOrRoot(input: { readonly UserName?: string }, call: Call, context: Iam) {
  const isRootItself = input.UserName === undefined && call.principal.kind === "root";
  return isRootItself ? undefined : findUser(input, call, context);
}

/** The entity that was found. Throws AWS's error where it does not exist. */
export function existing<K extends EntityKind>({ kind, name, entity }: FoundEntity<K>): EntityOfKind[K] {
  if (!entity) throw noSuchEntity(kind, name);
  return entity;
}

/**
 * The entity that access was asked for, as the transaction of `store` sees it. Refuses where it was deleted in the meantime,
 * even if another one has its name now, and where its ARN, tags or boundary changed.
 */
export async function unchanged<K extends EntityKind>(
  store: IamRecords,
  found: FoundEntity<K>,
): Promise<EntityOfKind[K]> {
  const before = existing(found);
  const now = await recordsOf(store, found.kind).findById(before.id);
  if (!now) throw noSuchEntity(found.kind, found.name);
  refuseChanged(before, now);
  return now;
}

/** The entity of that name in the account, for names that no access depends on. Throws AWS's error where it does not exist. */
export async function entityNamed<K extends EntityKind>(
  store: IamRecords,
  { account }: Call,
  kind: K,
  name: string,
): Promise<EntityOfKind[K]> {
  return existing({ kind, name, entity: await recordsOf(store, kind).find(account, name) });
}
