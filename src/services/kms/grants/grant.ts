import type { GrantListEntry, GrantOperation, KeyUsageType } from "@aws-sdk/client-kms";
import { type Arn, parseArn } from "../../../arn.ts";
import type { Grant, GrantCondition } from "../../../model/call.ts";
import type { Key } from "../keys/key.ts";

/** What is asked of CreateGrant. */
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

/** Operations that take no encryption context, so that a constraint does not concern them. */
const unconstrained: readonly GrantOperation[] = ["CreateGrant", "DescribeKey", "RetireGrant"];

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
 * Whether a key can do what a grant would allow.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
 */
export function isGrantable({ spec, usage }: Pick<Key, "spec" | "usage">, operation: GrantOperation): boolean {
  const own = spec === "SYMMETRIC_DEFAULT" ? symmetric : operationsOf[usage];
  return unconstrained.includes(operation) || own.includes(operation);
}

/** What a grant allows its grantee. Retiring is decided by `retirement`. */
export function grantPermission({ id, grantee, operations, constraint }: KeyGrant): Grant[] {
  const permission = (actions: readonly string[], conditions: readonly GrantCondition[]): Grant => ({
    id,
    principals: [grantee],
    actions: actions.map((operation) => `kms:${operation}`),
    conditions,
  });
  const of = (wanted: (operation: GrantOperation) => boolean) => operations.filter(wanted);
  const limits = constraint === undefined ? [] : contextConditions(constraint);
  return [
    permission(
      of((operation) => operation === "DescribeKey"),
      [],
    ),
    permission(
      of((operation) => !unconstrained.includes(operation)),
      limits,
    ),
    permission(
      of((operation) => operation === "CreateGrant"),
      [...childConditions(operations, constraint), ...limits],
    ),
  ].filter(({ actions }) => actions.length > 0);
}

/** Keys of a constraint do not differ by case, as those of conditions do not. */
function contextConditions({ kind, context }: GrantConstraint): GrantCondition[] {
  const pairs = context.map(
    ([name, value]): GrantCondition => ({
      operator: "StringEquals",
      key: `kms:EncryptionContext:${name}`,
      values: [value],
    }),
  );
  if (kind === "EncryptionContextSubset") return pairs;
  const names = context.map(([name]) => name);
  const only = { operator: "StringEqualsIgnoreCase", qualifier: "ForAllValues" } as const;
  return [...pairs, { ...only, key: "kms:EncryptionContextKeys", values: names }];
}

/** A grant that is made by means of another allows no more than that one. */
function childConditions(
  operations: readonly GrantOperation[],
  constraint: GrantConstraint | undefined,
): GrantCondition[] {
  const kinds =
    constraint?.kind === "EncryptionContextEquals"
      ? ["EncryptionContextEquals"]
      : ["EncryptionContextEquals", "EncryptionContextSubset"];
  return [
    { operator: "StringEquals", qualifier: "ForAllValues", key: "kms:GrantOperations", values: operations },
    ...(constraint === undefined
      ? []
      : [{ operator: "StringEquals", key: "kms:GrantConstraintType", values: kinds } as const]),
  ];
}

/**
 * Who may retire a grant: its retiring principal, its grantee where it says so, and the account that made it, which may
 * hand that on by identity policies.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export function retirement(grant: KeyGrant, partition: string): Grant {
  const { id, grantee, retiring, issuingAccount, operations } = grant;
  return {
    id,
    principals: [
      ...(retiring === undefined ? [] : [retiring]),
      ...(operations.includes("RetireGrant") ? [grantee] : []),
      `arn:${partition}:iam::${issuingAccount}:root`,
    ],
    actions: ["kms:RetireGrant"],
    conditions: [],
  };
}

/** The parts of the ARN of an account, a user, a role, or a session. */
export function parsePrincipal(text: string): Arn | undefined {
  const arn = parseArn(text);
  if (arn === undefined || arn.region !== "" || !/^\d{12}$/.test(arn.account)) return undefined;
  const kinds: Readonly<Record<string, RegExp>> = {
    iam: /^(?:root|(?:user|role)\/[\w+=,.@/-]+)$/,
    sts: /^(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+)$/,
  };
  return kinds[arn.service]?.test(arn.resource) ? arn : undefined;
}

/** What ListGrants shows. */
export function grantEntry(grant: KeyGrant, keyArn: string): GrantListEntry {
  const { constraint, name, retiring, issuingAccount } = grant;
  const partition = keyArn.split(":")[1];
  return {
    KeyId: keyArn,
    GrantId: grant.id,
    Name: name ?? "",
    CreationDate: grant.createdAt,
    GranteePrincipal: grant.grantee,
    ...(retiring !== undefined && { RetiringPrincipal: retiring }),
    IssuingAccount: `arn:${partition}:iam::${issuingAccount}:root`,
    Operations: [...grant.operations],
    ...(constraint && { Constraints: { [constraint.kind]: Object.fromEntries(constraint.context) } }),
  };
}
