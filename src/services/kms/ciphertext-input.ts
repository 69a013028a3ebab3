import { UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";

/** The ciphertext of a request. The model requires none, for dry runs without one, which are not supported here. */
export function requestCiphertext(input: {
  readonly CiphertextBlob?: Uint8Array;
  readonly DryRunModifiers?: readonly string[];
}): Uint8Array {
  const [modifier] = input.DryRunModifiers ?? [];
  if (modifier !== undefined) {
    throw new ApiError(UnsupportedOperationException$, `DryRunModifiers ${modifier} is not supported by Sealift`);
  }
  if (input.CiphertextBlob) return input.CiphertextBlob;
  throw new ApiError(
    { code: "ValidationException", status: 400 },
    "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
  );
}
