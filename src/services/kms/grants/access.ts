import type { GrantOperation } from "@aws-sdk/client-kms";
import type { Grant, GrantCondition } from "../../../model/call.ts";
import { type GrantConstraint, type KeyGrant, unconstrained } from "./grant.ts";

/** The permissions of a grant's grantee. `retirement` has those to retire it. */
export function grantPermission({ id, grantee, operations, constraint }: KeyGrant): Grant[] {
  const permission = (
    wanted: (operation: GrantOperation) => boolean,
    conditions: readonly GrantCondition[] = [],
  ): Grant => ({
    id,
    principals: [grantee],
    actions: operations.filter(wanted).map((operation) => `kms:${operation}`),
    conditions,
  });
  const limits = constraint === undefined ? [] : contextConditions(constraint);
  return [
    permission((operation) => operation === "DescribeKey"),
    permission((operation) => !unconstrained.includes(operation), limits),
    permission((operation) => operation === "CreateGrant", [...childConditions(operations, constraint), ...limits]),
  ].filter(({ actions }) => actions.length > 0);
}

/** The keys of a constraint are compared without regard to case, as condition keys are. */
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
  const only: GrantCondition = {
    operator: "StringEquals",
    qualifier: "ForAllValues",
    key: "kms:GrantOperations",
    values: operations,
  };
  if (constraint === undefined) return [only];
  const kinds =
    constraint.kind === "EncryptionContextEquals"
      ? ["EncryptionContextEquals"]
      : ["EncryptionContextEquals", "EncryptionContextSubset"];
  return [only, { operator: "StringEquals", key: "kms:GrantConstraintType", values: kinds }];
}

/**
 * The permission to retire a grant: its retiring principal has it, its grantee if the grant says so, and the account that
 * made it, which may hand it on by identity policies.
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
