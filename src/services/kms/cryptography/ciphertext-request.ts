import { type EncryptionAlgorithmSpec, IncorrectKeyException$ } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import type { Kms } from "../context.ts";
import { invalidCiphertext, memberRequired } from "../errors.ts";
import { type FoundKey, findKey } from "../keys/find.ts";
import { parseCiphertext } from "./ciphertext.ts";
import { findCiphertextKey } from "./find-ciphertext-key.ts";

/** The members of a request that tell which key decrypts its ciphertext. */
export interface CiphertextInput {
  readonly CiphertextBlob?: Uint8Array;
  readonly DryRun?: boolean;
  readonly DryRunModifiers?: readonly string[];
}

/** The request's own names of the key and the algorithm. */
export interface NamedKey {
  /** The member with the key's name, for refusals. */
  readonly member: "KeyId" | "SourceKeyId";
  readonly keyId: string | undefined;
  readonly algorithm: EncryptionAlgorithmSpec;
}

/** The key that is to decrypt, and the ciphertext. */
export interface FoundCiphertext {
  readonly found: FoundKey;
  /** `undefined` where the request only asks whether the key may be used, whatever the ciphertext. */
  readonly blob: Uint8Array | undefined;
  /** Why the named key cannot have made the ciphertext. Only a caller who may use the key gets it as its answer. */
  readonly misfit?: "other key" | "no ciphertext";
}

/** Finds the key to decrypt a request's ciphertext with: the named one, else the one that made it. */
export async function findCiphertext(
  context: Kms,
  call: Call,
  input: CiphertextInput,
  { member, keyId, algorithm }: NamedKey,
): Promise<FoundCiphertext> {
  if (ignoresCiphertext(input)) {
    if (keyId !== undefined) return { found: await findKey(context, call, keyId), blob: undefined };
    throw validationException(`${member} is required when DryRunModifiers contains IGNORE_CIPHERTEXT.`);
  }
  const { CiphertextBlob: blob } = input;
  // The model does not require it, because of dry runs without one.
  if (!blob) throw memberRequired("ciphertextBlob");
  if (keyId === undefined) {
    if (algorithm !== "SYMMETRIC_DEFAULT") throw memberRequired("keyId");
    return { found: await findCiphertextKey(context, call, blob), blob };
  }
  const found = await findKey(context, call, keyId);
  const misfit = algorithm === "SYMMETRIC_DEFAULT" ? misfitOf(found, blob) : undefined;
  return { found, blob, ...defined({ misfit }) };
}

function ignoresCiphertext({ DryRun, DryRunModifiers = [] }: CiphertextInput): boolean {
  if (DryRunModifiers.length === 0) return false;
  if (DryRun) return true;
  throw validationException("DryRunModifiers can only be specified when DryRun is set to true.");
}

/** Compares the key's name in a blob of a symmetric key. Of other blobs nobody can tell whose they are. */
function misfitOf({ key }: FoundKey, blob: Uint8Array): FoundCiphertext["misfit"] {
  const ciphertext = parseCiphertext(blob);
  if (!ciphertext) return key.spec === "SYMMETRIC_DEFAULT" ? "no ciphertext" : undefined;
  return ciphertext.keyId === key.id ? undefined : "other key";
}

/** Refuses a ciphertext that the named key cannot have made. */
export function refuseMisfit({ misfit }: FoundCiphertext): void {
  if (misfit === "no ciphertext") throw invalidCiphertext();
  if (misfit === undefined) return;
  const message = "The key ID in the request does not identify a CMK that can perform this operation.";
  throw new ApiError(IncorrectKeyException$, message);
}
