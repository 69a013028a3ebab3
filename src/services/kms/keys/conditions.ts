import type { EncryptionContext } from "../cryptography/ciphertext.ts";

export type Conditions = Readonly<Record<string, string | readonly string[]>>;

/** Condition keys of an encryption: its context and algorithm. */
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

/** Condition key of a request that sets a key's policy. */
export function bypass(input: { readonly BypassPolicyLockoutSafetyCheck?: boolean }): Conditions {
  return { "kms:BypassPolicyLockoutSafetyCheck": String(input.BypassPolicyLockoutSafetyCheck ?? false) };
}
