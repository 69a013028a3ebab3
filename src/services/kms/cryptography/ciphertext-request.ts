import { ApiError } from "../../../model/api-error.ts";

/** Whether the request only asks whether the key may be used, whatever the ciphertext. */
export function ignoresCiphertext(input: {
  readonly DryRun?: boolean;
  readonly DryRunModifiers?: readonly string[];
}): boolean {
  if ((input.DryRunModifiers ?? []).length === 0) return false;
  if (input.DryRun) return true;
  throw validation("DryRunModifiers can only be specified when DryRun is set to true.");
}

/** Refuses a request that names its key neither itself nor by a ciphertext. */
export function requiredKeyId(member: string, keyId: string | undefined): string {
  if (keyId !== undefined) return keyId;
  throw validation(`${member} is required when DryRunModifiers contains IGNORE_CIPHERTEXT.`);
}

/** The ciphertext of a request. The model requires none, for dry runs without one. */
export function requestCiphertext(input: { readonly CiphertextBlob?: Uint8Array }): Uint8Array {
  if (input.CiphertextBlob) return input.CiphertextBlob;
  throw validation(
    "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
  );
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}
