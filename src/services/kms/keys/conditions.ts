import { defined } from "../../../defined.ts";
import type { EncryptionContext } from "../cryptography/ciphertext.ts";

export type Conditions = Readonly<Record<string, string | readonly string[]>>;
type OwnConditions = Record<string, string | readonly string[]>;

/**
 * Condition keys of an encryption: its context, and the algorithm that is used, also where the request does not name it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-algorithm
 */
export function encryptionConditions(context?: EncryptionContext, algorithm = "SYMMETRIC_DEFAULT"): OwnConditions {
  const conditions = contextConditions(context);
  conditions["kms:EncryptionAlgorithm"] = algorithm;
  return conditions;
}

/** Condition keys of an encryption context. */
export function contextConditions(context: EncryptionContext = {}): OwnConditions {
  const conditions: OwnConditions = {};
  const names = Object.keys(context);
  if (names.length === 0) return conditions;
  conditions["kms:EncryptionContextKeys"] = names;
  for (const name of names) {
    const value = context[name];
    if (value !== undefined) conditions[contextKey(name)] = value;
  }
  return conditions;
}

/** Keys of the names that contexts had: the services' own are always the same. */
const contextKeys = new Map<string, string>();
const mostContextKeys = 100;
const longestContextName = 100;

/** Every secret that is read comes through here, and to make a text into an object's key takes longer than to find it. */
function contextKey(name: string): string {
  const known = contextKeys.get(name);
  if (known !== undefined) return known;
  const key = `kms:EncryptionContext:${name}`;
  if (contextKeys.size < mostContextKeys && name.length <= longestContextName) contextKeys.set(name, key);
  return key;
}

/** Condition key of a request that sets a key's policy; none where the request does not say. */
export function bypass({ BypassPolicyLockoutSafetyCheck: bypass }: BypassInput): Conditions {
  return defined({ "kms:BypassPolicyLockoutSafetyCheck": bypass?.toString() });
}

interface BypassInput {
  readonly BypassPolicyLockoutSafetyCheck?: boolean;
}
