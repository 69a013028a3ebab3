import type { GrantOperation, KeyUsageType } from "@aws-sdk/client-kms";
import { type Arn, parseArn } from "../../../arn.ts";
import type { Key } from "../keys/key.ts";

/** A grant as CreateGrant describes it. */
export interface NewGrant {
  readonly issuingAccount: string;
  readonly name: string | undefined;
  readonly grantee: string;
  readonly retiring: string | undefined;
  /** Sorted, each once. */
  readonly operations: readonly GrantOperation[];
  readonly constraint: GrantConstraint | undefined;
}

export interface GrantConstraint {
  readonly kind: "EncryptionContextEquals" | "EncryptionContextSubset";
  /** Sorted. */
  readonly context: readonly (readonly [string, string])[];
}

export interface KeyGrant extends NewGrant {
  readonly id: string;
  readonly keyId: string;
  readonly createdAt: Date;
}

/** Operations without an encryption context, to which constraints do not apply. */
export const unconstrained: readonly GrantOperation[] = ["CreateGrant", "DescribeKey", "RetireGrant"];

const operationsOf: Readonly<Record<KeyUsageType, readonly GrantOperation[]>> = {
  ENCRYPT_DECRYPT: ["Decrypt", "Encrypt", "GetPublicKey", "ReEncryptFrom", "ReEncryptTo"],
  SIGN_VERIFY: ["GetPublicKey", "Sign", "Verify"],
  GENERATE_VERIFY_MAC: ["GenerateMac", "VerifyMac"],
  ENCAPSULATE_DECAPSULATE: ["Decapsulate", "Encapsulate", "GetPublicKey"],
  KEY_AGREEMENT: ["DeriveSharedSecret", "GetPublicKey"],
};

const symmetric: readonly GrantOperation[] = [
  "Decrypt",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptFrom",
  "ReEncryptTo",
];

/**
 * `true` if the key can do the operation that a grant would allow.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
 */
export function isGrantable({ spec, usage }: Pick<Key, "spec" | "usage">, operation: GrantOperation): boolean {
  const own = spec === "SYMMETRIC_DEFAULT" ? symmetric : operationsOf[usage];
  return unconstrained.includes(operation) || own.includes(operation);
}

/** The parts of the ARN of an account, a user, a role or a session; `undefined` for other texts. */
export function parsePrincipal(text: string): Arn | undefined {
  const arn = parseArn(text);
  if (arn === undefined || arn.region !== "" || !/^\d{12}$/.test(arn.account)) return undefined;
  const kinds: Readonly<Record<string, RegExp>> = {
    iam: /^(?:root|(?:user|role)\/[\w+=,.@/-]+)$/,
    sts: /^(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+)$/,
  };
  return kinds[arn.service]?.test(arn.resource) ? arn : undefined;
}
