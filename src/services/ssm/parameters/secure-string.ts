import { InvalidKeyId$, type ParameterTier } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { accessDeniedException } from "../../../model/common-errors.ts";
import { kmsRefusalOf } from "../../kms/index.ts";
import type { Ssm } from "../context.ts";
import type { ParameterVersion } from "./parameter.ts";

/** The key of a SecureString that names none. */
export const defaultKeyId = "alias/aws/ssm";

interface NewSecureString {
  /** The parameter's. */
  readonly arn: string;
  readonly keyId: string;
  readonly value: string;
  readonly tier: ParameterTier;
}

/** Encrypts the value of a new SecureString. */
export async function sealValue(
  { encryption }: Pick<Ssm, "encryption">,
  call: Call,
  { arn, keyId, value, tier }: NewSecureString,
): Promise<Uint8Array> {
  const { ciphertext } = await reworded(call, () =>
    encryption.encrypt(call, {
      service: "ssm",
      keyId,
      plaintext: Buffer.from(value),
      encryptionContext: encryptionContext(arn),
      // As AWS: advanced parameters are encrypted under a data key of their own.
      envelope: tier === "Advanced",
    }),
  );
  return ciphertext;
}

/** A version's value as the API shows it. Without decryption, a SecureString's is its ciphertext. */
export async function shownValue(
  { encryption }: Pick<Ssm, "encryption">,
  call: Call,
  { type, value }: Pick<ParameterVersion, "type" | "value">,
  arn: string,
  withDecryption: boolean,
): Promise<string> {
  if (type !== "SecureString") return Buffer.from(value).toString();
  if (!withDecryption) return Buffer.from(value).toString("base64");
  const request = { ciphertext: value, encryptionContext: encryptionContext(arn) };
  const { plaintext } = await reworded(call, () => encryption.decrypt(call, { service: "ssm", ...request }));
  return Buffer.from(plaintext).toString();
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html */
function encryptionContext(arn: string) {
  return { PARAMETER_ARN: arn };
}

/** Passes KMS's refusals on as Parameter Store does: KMS's text, and behind it its origin. */
async function reworded<T>(call: Call, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = kmsRefusalOf(error);
    if (!refusal) throw error;
    const origin = `Service: AWSKMS; Status Code: 400; Error Code: ${refusal.shape}; Request ID: ${call.requestId}; Proxy: null`;
    const message = `${refusal.message} (${origin})`;
    const worded =
      refusal.kind === "access denied" ? accessDeniedException(message) : new ApiError(InvalidKeyId$, message);
    throw Object.assign(worded, { cause: error });
  }
}
