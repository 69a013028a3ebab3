import type { StaticErrorSchema } from "@smithy/types";
import { ApiError, type CommonError } from "../../model/api-error.ts";

/**
 * Why KMS does not encrypt or decrypt:
 * - `access denied`: the caller may not use the key, or must not learn whether there is one.
 * - `unknown key`: the request names no key.
 * - `unusable key`: the key's state, usage or algorithm does not allow it.
 * - `invalid ciphertext`: the bytes are no ciphertext of the key, or the encryption context is another.
 */
export type KmsRefusalKind = "access denied" | "unknown key" | "unusable key" | "invalid ciphertext";

/** An error of KMS's API with its kind. Other services look at the kind and put KMS's words into their own. */
export class KmsRefusal extends ApiError {
  readonly kind: KmsRefusalKind;

  constructor(kind: KmsRefusalKind, schema: StaticErrorSchema | CommonError, message: string) {
    super(schema, message);
    this.kind = kind;
  }
}

/** The refusal in what an `Encryption` threw; `undefined` where it is another error. */
export function kmsRefusalOf(error: unknown): KmsRefusal | undefined {
  return error instanceof KmsRefusal ? error : undefined;
}
