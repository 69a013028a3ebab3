import { randomBytes } from "node:crypto";
import { InvalidKeyUsageException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import { encryptionConditions, keyAccess, toUse } from "../keys/access.ts";
import type { FoundKey } from "../keys/find.ts";
import { isAsymmetric } from "../keys/spec.ts";
import type { EncryptionContext } from "./ciphertext.ts";
import { encryptWith } from "./encrypt-with.ts";
import { requestedKey } from "./find.ts";
import { refuseUnusable } from "./key-use.ts";

/** What both ways to ask for a data key have in common. */
export interface DataKeyInput {
  readonly KeyId: string;
  readonly KeySpec?: "AES_256" | "AES_128";
  readonly NumberOfBytes?: number;
  readonly EncryptionContext?: EncryptionContext;
}

/** Access to make a data key; AWS looks at the length before the key. */
export async function dataKeyAccess(context: Kms, call: Call, operation: string, input: DataKeyInput): Promise<Access> {
  dataKeyLength(input);
  return keyAccess(context, call, operation, input.KeyId, toUse, encryptionConditions(input.EncryptionContext));
}

/** A new random data key, in clear and encrypted. */
export async function makeDataKey(
  context: Kms,
  call: Call,
  operation: string,
  input: DataKeyInput,
): Promise<{ readonly plaintext: Uint8Array; readonly ciphertext: Uint8Array; readonly found: FoundKey }> {
  const found = await requestedKey(context, call, input.KeyId);
  refuseAsymmetric(found);
  const plaintext = randomBytes(dataKeyLength(input));
  const ciphertext = await encryptWith(context.keys, found, plaintext, {
    operation,
    context: input.EncryptionContext,
  });
  return { plaintext, ciphertext, found };
}

/** In other words than those of keys with another usage. */
export function refuseAsymmetric(found: FoundKey): void {
  refuseUnusable(found);
  if (found.key.usage !== "ENCRYPT_DECRYPT" || !isAsymmetric(found.key.spec)) return;
  throw new ApiError(InvalidKeyUsageException$, "You cannot generate a data key with an asymmetric CMK");
}

function dataKeyLength({ KeySpec: spec, NumberOfBytes: length }: DataKeyInput): number {
  if ((spec === undefined) === (length === undefined)) {
    const message = "Please specify either number of bytes or key spec.";
    throw new ApiError({ code: "ValidationException", status: 400 }, message);
  }
  return length ?? (spec === "AES_128" ? 16 : 32);
}
