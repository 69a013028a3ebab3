import { parseArn } from "../../../arn.ts";
import type { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { invalidArn, noSuchEntity } from "../errors.ts";
import type { IamStore } from "../store.ts";
import { type Entity, type EntityKind, splitResource } from "./entity.ts";

const kinds: readonly EntityKind[] = ["user", "role", "group"];

/** The user, role or group of the caller's account that has this ARN, path included. */
export async function findByArn(store: IamStore, call: Call, arn: string): Promise<Entity | undefined> {
  const parts = parseArn(arn);
  if (parts?.service !== "iam" || parts.account !== call.account) return undefined;
  for (const kind of kinds) {
    const named = splitResource(parts.resource, kind);
    const entity = named && (await store.findEntity(call.account, kind, named.name));
    if (entity) return entity.path === named.path ? entity : undefined;
  }
  return undefined;
}

/** AWS's refusal of an ARN that is no user's, role's or group's. */
export function noSuchIdentity(arn: string): ApiError {
  const resource = parseArn(arn)?.resource ?? "";
  for (const kind of kinds) {
    const named = splitResource(resource, kind);
    if (named) return noSuchEntity(kind, named.name);
  }
  return invalidArn(arn);
}
