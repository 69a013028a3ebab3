import { DecryptionFailure$, EncryptionFailure$ } from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../../model/api-error.ts";
import { accessDeniedException } from "../../../model/common-errors.ts";
import { invalidParameter } from "../errors.ts";

/** Runs `work`, which encrypts with KMS, and words KMS's refusals as Secrets Manager does. */
export function whileEncrypting<T>(work: () => Promise<T>): Promise<T> {
  return reworded(work, (error) => {
    if (unknownKey.has(error.shape)) {
      return invalidParameter(`The operation failed because of an invalid KMS key: ${error.message}`);
    }
    return new ApiError(EncryptionFailure$, `Secrets Manager can't encrypt the secret value: ${quoted(error)}`);
  });
}

/** Runs `work`, which decrypts with KMS, and words KMS's refusals as Secrets Manager does. */
export function whileDecrypting<T>(work: () => Promise<T>): Promise<T> {
  return reworded(
    work,
    (error) => new ApiError(DecryptionFailure$, `Secrets Manager can't decrypt the secret value: ${quoted(error)}`),
  );
}

/** KMS's own words, which name the key and what is wrong with it. */
function quoted({ message, shape }: ApiError): string {
  return `${message} (Service: AWSKMS; Status Code: 400; Error Code: ${shape})`;
}

/** The key of a request is none. */
const unknownKey = new Set(["NotFoundException", "InvalidArnException", "ValidationException"]);

async function reworded<T>(work: () => Promise<T>, reword: (error: ApiError) => ApiError): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const worded =
      error.shape === "AccessDeniedException" ? accessDeniedException("Access to KMS is not allowed") : reword(error);
    throw Object.assign(worded, { cause: error });
  }
}
