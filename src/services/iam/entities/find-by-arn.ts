import { parseArn } from "../../../arn.ts";
import type { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { invalidArn } from "../errors.ts";
import { splitResource } from "../names.ts";
import type { IamStore } from "../store.ts";
import type { Entity, EntityKind } from "./entity.ts";
import { noSuchEntity } from "./errors.ts";
import { recordsOf } from "./records-of.ts";

/** The kind, the path and the name in the ARN of a user, group or role; `undefined` for other text. */
export function splitEntityArn(arn: string) {
  const parts = parseArn(arn);
  if (parts?.service !== "iam" || parts.region !== "") return undefined;
  for (const kind of ["user", "group", "role"] satisfies EntityKind[]) {
    const named = splitResource(parts.resource, kind);
    if (named) return { account: parts.account, kind, ...named };
  }
  return undefined;
}

/** The user, role or group of the caller's account that has this ARN, path included. */
export async function findByArn(store: IamStore, { account }: Call, arn: string): Promise<Entity | undefined> {
  const named = splitEntityArn(arn);
  if (named?.account !== account) return undefined;
  const entity: Entity | undefined = await recordsOf(store, named.kind).find(account, named.name);
  return entity?.path === named.path ? entity : undefined;
}

/** AWS's refusal of an ARN that no user, role or group of the account has. */
export function noSuchIdentity(arn: string): ApiError {
  const named = splitEntityArn(arn);
  return named ? noSuchEntity(named.kind, named.name) : invalidArn(arn);
}
