import { randomBytes } from "node:crypto";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import type { Kms } from "../context.ts";
import { type FoundKey, findKey } from "../keys/find.ts";
import { isAsymmetric } from "../keys/spec.ts";
import { refuseUnusable } from "../keys/state.ts";
import type { EncryptionContext } from "./ciphertext.ts";
import { encryptWith } from "./encrypt-with.ts";
import { invalidUsage } from "./key-use.ts";

/** The members that GenerateDataKey and GenerateDataKeyWithoutPlaintext share. */
export interface DataKeyInput {
  readonly KeyId: string;
  readonly KeySpec?: "AES_256" | "AES_128";
  readonly NumberOfBytes?: number;
  readonly EncryptionContext?: EncryptionContext;
}

/** The key that is to encrypt a data key. AWS checks the data key's length before it looks for the key. */
export async function findKeyForDataKey(context: Kms, call: Call, input: DataKeyInput): Promise<FoundKey> {
  dataKeyLength(input);
  return findKey(context, call, input.KeyId);
}

export interface DataKey {
  readonly plaintext: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** A new random data key, in clear and encrypted. */
export async function makeDataKey(
  context: Kms,
  found: FoundKey,
  operation: "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext",
  input: DataKeyInput,
): Promise<DataKey> {
  refuseAsymmetric(found);
  const plaintext = randomBytes(dataKeyLength(input));
  const encryption = { operation, context: input.EncryptionContext };
  return { plaintext, ciphertext: await encryptWith(context, found, plaintext, encryption) };
}

/** Keys with another usage are refused in other words. */
export function refuseAsymmetric(found: FoundKey): void {
  refuseUnusable(found);
  if (found.key.usage !== "ENCRYPT_DECRYPT" || !isAsymmetric(found.key.spec)) return;
  throw invalidUsage("You cannot generate a data key with an asymmetric CMK");
}

/** The member that shows which material made a data key's ciphertext. */
export function materialMember({ key }: FoundKey): { readonly KeyMaterialId?: string } {
  return key.materialId === undefined ? {} : { KeyMaterialId: key.materialId };
}

function dataKeyLength({ KeySpec: spec, NumberOfBytes: length }: DataKeyInput): number {
  if ((spec === undefined) === (length === undefined)) {
    throw validationException("Please specify either number of bytes or key spec.");
  }
  return length ?? (spec === "AES_128" ? 16 : 32);
}
