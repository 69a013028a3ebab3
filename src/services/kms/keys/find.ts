import { InvalidCiphertextException$, NotFoundException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call, Principal } from "../../../model/call.ts";
import { type Ciphertext, parseCiphertext } from "../cryptography/ciphertext.ts";
import type { KeyGrant } from "../grants/grant.ts";
import type { Keys } from "../store.ts";
import { aliasArn, type Key, keyArn } from "./key.ts";
import { managedService } from "./policy.ts";
import { parseKeyReference } from "./reference.ts";

/** A key as a request names it. */
export interface FoundKey {
  readonly key: Key;
  readonly arn: string;
  /** Where the request names the key by an alias. */
  readonly requestAlias?: string;
  /** The key's grants to a caller. */
  readonly grants?: (principal: Principal) => Promise<readonly KeyGrant[]>;
}

/** Reads the key that `keyId` names. Throws AWS's `NotFoundException` where there is none. */
export async function findKey(keys: Keys, call: Call, keyId: string): Promise<FoundKey> {
  const reference = parseKeyReference(keyId, call);
  if (reference.kind === "invalid") throw new ApiError(NotFoundException$, reference.message);
  const scope = { partition: call.partition, region: call.region, account: reference.account };
  if (reference.kind === "key") {
    const key = await keys.find(call.region, reference.id);
    const arn = keyArn(scope, reference.id);
    if (key?.account !== reference.account) throw keyNotFound(arn);
    return { key, arn, grants: grantsOf(keys, key) };
  }
  const { name } = reference;
  const service = reference.account === call.account ? managedService(name) : undefined;
  const key = (await keys.findByAlias(scope, name)) ?? (service && (await keys.findOrCreateManaged(scope, service)));
  if (!key) throw aliasNotFound(aliasArn(scope, name));
  return { key, arn: keyArn(scope, key.id), requestAlias: name, grants: grantsOf(keys, key) };
}

/**
 * Reads the key that made a ciphertext, in whatever account. Throws `InvalidCiphertextException` where the blob is none,
 * and `AccessDeniedException` where its key is not (or no longer) in the call's region.
 */
export async function findCiphertextKey(
  keys: Keys,
  call: Call,
  blob: Uint8Array,
): Promise<FoundKey & { ciphertext: Ciphertext }> {
  const ciphertext = parseCiphertext(blob);
  if (!ciphertext) throw invalidCiphertext();
  const key = await keys.find(call.region, ciphertext.keyId);
  if (!key) throw ciphertext.isChecked ? unknownCiphertextKey() : invalidCiphertext();
  const arn = keyArn({ ...key, partition: call.partition }, key.id);
  return { key, arn, ciphertext, grants: grantsOf(keys, key) };
}

function grantsOf(keys: Keys, key: Key) {
  return (principal: Principal) => keys.grantsTo(key, principal);
}

export function keyNotFound(arn: string): ApiError {
  return new ApiError(NotFoundException$, `Key '${arn}' does not exist`);
}

export function aliasNotFound(arn: string): ApiError {
  return new ApiError(NotFoundException$, `Alias ${arn} is not found.`);
}

/** In AWS's words, which do not tell whether there is such a key. */
function unknownCiphertextKey(): ApiError {
  return new ApiError(
    { code: "AccessDeniedException", status: 400 },
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
  );
}

/** AWS says nothing more. */
export function invalidCiphertext(): ApiError {
  return new ApiError(InvalidCiphertextException$, "");
}
