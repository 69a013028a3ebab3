import { DecryptionFailure$, EncryptionFailure$ } from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../../model/api-error.ts";
import { accessDeniedException } from "../../../model/common-errors.ts";
import { type KmsRefusal, kmsRefusalOf } from "../../kms/index.ts";
import { invalidParameter } from "../errors.ts";

/** Runs `work`, which encrypts with KMS; words KMS's refusals as Secrets Manager does. */
export function whileEncrypting<T>(work: () => Promise<T>): Promise<T> {
  return reworded(work, (refusal) => {
    if (refusal.kind === "unknown key") {
      return invalidParameter(`The operation failed because of an invalid KMS key: ${refusal.message}`);
    }
    return new ApiError(EncryptionFailure$, `Secrets Manager can't encrypt the secret value: ${quoted(refusal)}`);
  });
}

/** Runs `work`, which decrypts with KMS; words KMS's refusals as Secrets Manager does. */
export function whileDecrypting<T>(work: () => Promise<T>): Promise<T> {
  return reworded(
    work,
    (refusal) => new ApiError(DecryptionFailure$, `Secrets Manager can't decrypt the secret value: ${quoted(refusal)}`),
  );
}

/** KMS's own words, which name the key and its problem. */
function quoted({ message, shape }: KmsRefusal): string {
  return `${message} (Service: AWSKMS; Status Code: 400; Error Code: ${shape})`;
}

async function reworded<T>(work: () => Promise<T>, reword: (refusal: KmsRefusal) => ApiError): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = kmsRefusalOf(error);
    if (!refusal) throw error;
    const worded =
      refusal.kind === "access denied" ? accessDeniedException("Access to KMS is not allowed") : reword(refusal);
    throw Object.assign(worded, { cause: error });
  }
}
