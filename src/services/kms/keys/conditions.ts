import { defined } from "../../../defined.ts";
import type { EncryptionContext } from "../cryptography/ciphertext.ts";

export type Conditions = Readonly<Record<string, string | readonly string[]>>;

/**
 * Condition keys of an encryption: its context, and the algorithm that is used, also where the request does not name it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-algorithm
 */
export function encryptionConditions(context?: EncryptionContext, algorithm = "SYMMETRIC_DEFAULT"): Conditions {
  return { "kms:EncryptionAlgorithm": algorithm, ...contextConditions(context) };
}

/** Condition keys of an encryption context. */
export function contextConditions(context: EncryptionContext = {}): Conditions {
  const pairs = Object.entries(context);
  if (pairs.length === 0) return {};
  return {
    "kms:EncryptionContextKeys": pairs.map(([name]) => name),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
}

/** Condition key of a request that sets a key's policy; none where the request does not say. */
export function bypass({ BypassPolicyLockoutSafetyCheck: bypass }: BypassInput): Conditions {
  return defined({ "kms:BypassPolicyLockoutSafetyCheck": bypass?.toString() });
}

interface BypassInput {
  readonly BypassPolicyLockoutSafetyCheck?: boolean;
}
