import { InvalidArnException$, NotFoundException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call, Principal } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import { accessDenied, aliasNotFound, invalidKeyId, keyNotFound } from "../errors.ts";
import type { KeyGrant } from "../grants/grant.ts";
import { aliasArn, type Key, keyArn } from "./key.ts";
import { managedService } from "./policy.ts";
import { parseKeyReference } from "./reference.ts";

/** A key as a request names it. */
export interface FoundKey {
  readonly key: Key;
  readonly arn: string;
  /** The alias by which the request names the key. */
  readonly requestAlias?: string;
  /** Reads the key's grants to a caller. */
  readonly grants?: (principal: Principal) => Promise<readonly KeyGrant[]>;
}

/**
 * The keys that an operation takes. Every one takes key ids and ARNs of the account's own keys.
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export interface Takes {
  /** The operation's name, for the refusal. */
  readonly operation: string;
  readonly otherAccounts?: true;
  /** AWS managed keys, which can be read and used but not changed. */
  readonly managed?: true;
}

/**
 * Reads the key that `keyId` names. `takes` is for operations that take no aliases; without it every key will do. Throws
 * AWS's `NotFoundException` where there is no such key.
 */
export async function findKey(
  context: Pick<Kms, "store">,
  call: Call,
  keyId: string,
  takes?: Takes,
): Promise<FoundKey> {
  if (takes) refuseAlias(call, keyId);
  const found = await readKey(context, call, keyId);
  if (takes) refuseUntaken(call, found, takes);
  return found;
}

async function readKey({ store }: Pick<Kms, "store">, call: Call, keyId: string): Promise<FoundKey> {
  const reference = parseKeyReference(keyId, call);
  if (reference.kind === "invalid") throw invalidKeyId(reference.message);
  const scope = { partition: call.partition, region: call.region, account: reference.account };
  if (reference.kind === "key") {
    const key = await store.keys.find(call.region, reference.id);
    const arn = keyArn(scope, reference.id);
    if (key?.account !== reference.account) throw keyNotFound(arn);
    return { key, arn, grants: grantsOf(store, key) };
  }
  const { name } = reference;
  const service = reference.account === call.account ? managedService(name) : undefined;
  const key =
    (await store.keys.findByAlias(scope, name)) ?? (service && (await store.keys.findOrCreateManaged(scope, service)));
  if (!key) throw aliasNotFound(aliasArn(scope, name));
  return { key, arn: keyArn(scope, key.id), requestAlias: name, grants: grantsOf(store, key) };
}

/** The reader of a key's grants. */
export function grantsOf(store: Kms["store"], key: Key): NonNullable<FoundKey["grants"]> {
  return (principal) => store.grants.to(key, principal);
}

function refuseAlias(call: Call, keyId: string): void {
  const reference = parseKeyReference(keyId, call);
  if (reference.kind !== "alias") return;
  if (reference.isArn) throw new ApiError(InvalidArnException$, "Key Aliases are not supported for this operation");
  throw new ApiError(NotFoundException$, `Invalid keyId '${keyId}'`);
}

/** Refuses in the words of a key policy that does not allow the operation. */
function refuseUntaken(call: Call, { key, arn }: FoundKey, { operation, otherAccounts, managed }: Takes): void {
  const isTaken = (otherAccounts || key.account === call.account) && (managed || key.manager !== "AWS");
  if (isTaken) return;
  throw accessDenied(
    `User: ${call.principal.arn} is not authorized to perform: kms:${operation} on resource: ${arn} ` +
      `because no resource-based policy allows the kms:${operation} action`,
  );
}
