import {
  InvalidArnException$,
  InvalidGrantIdException$,
  NotFoundException$,
  UnsupportedOperationException$,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import type { Conditions } from "../keys/access.ts";
import type { Key } from "../keys/key.ts";
import { type GrantConstraint, isGrantable, type NewGrant, parsePrincipal } from "./grant.ts";

interface CreateGrantInput {
  readonly GranteePrincipal?: string;
  readonly GranteeServicePrincipal?: string;
  readonly RetiringPrincipal?: string;
  readonly RetiringServicePrincipal?: string;
  readonly Operations: readonly NewGrant["operations"][number][];
  readonly Constraints?: {
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
    readonly SourceArn?: string;
  };
  readonly Name?: string;
}

/** The grant that a request describes. Throws where there can be none such. */
export function readGrant(call: Call, input: CreateGrantInput): NewGrant {
  refuseServices(input);
  if (input.Constraints?.SourceArn !== undefined) throw unsupported("The constraint SourceArn");
  const grantee = requiredPrincipal(call, "granteePrincipal", input.GranteePrincipal);
  if (input.RetiringPrincipal !== undefined) refuseNoPrincipal(call, input.RetiringPrincipal);
  const operations = [...new Set(input.Operations)].sort();
  if (operations.length === 0) throw validation("Grants must contain at least one operation.");
  if (operations.length === 1 && operations[0] === "CreateGrant") {
    throw validation("Grants must not contain only the CreateGrant operation.");
  }
  return {
    issuingAccount: call.account,
    name: input.Name,
    grantee,
    retiring: input.RetiringPrincipal,
    operations,
    constraint: readConstraint(input.Constraints),
  };
}

function readConstraint(given: CreateGrantInput["Constraints"] = {}): GrantConstraint | undefined {
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals } = given;
  if (subset !== undefined && equals !== undefined) throw validation("More than one constraint supplied");
  const context = subset ?? equals;
  if (context === undefined) return undefined;
  const pairs = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return { kind: subset ? "EncryptionContextSubset" : "EncryptionContextEquals", context: pairs };
}

/** Refuses a grant of what the key cannot do. */
export function refuseUngrantable(key: Pick<Key, "spec" | "usage">, { operations, constraint }: NewGrant): void {
  const wrong = operations.find((operation) => !isGrantable(key, operation));
  if (wrong !== undefined) throw validation(`The operation ${wrong} is not supported for key spec ${key.spec}.`);
  if (constraint !== undefined && key.spec !== "SYMMETRIC_DEFAULT") {
    throw validation("Encryption context constraints are only supported for symmetric encryption KMS keys.");
  }
}

/**
 * Condition keys of a new grant; those of the encryption context are its constraint's.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function grantConditions({ grantee, retiring, operations, constraint }: NewGrant): Conditions {
  return {
    "kms:GranteePrincipal": grantee,
    ...(retiring !== undefined && { "kms:RetiringPrincipal": retiring }),
    "kms:GrantOperations": operations,
    "kms:GrantIsForAWSResource": "false",
    ...constraintConditions(constraint),
  };
}

/** Condition keys of a grant's constraint. */
export function constraintConditions(constraint: GrantConstraint | undefined): Conditions {
  if (!constraint) return {};
  const { kind, context } = constraint;
  return {
    "kms:GrantConstraintType": kind,
    ...(context.length > 0 && { "kms:EncryptionContextKeys": context.map(([name]) => name) }),
    ...Object.fromEntries(context.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
}

/** Services are grantees on AWS only where they act for a resource, which none does here. */
export function refuseServices(input: {
  readonly GranteeServicePrincipal?: string;
  readonly RetiringServicePrincipal?: string;
}): void {
  for (const name of ["GranteeServicePrincipal", "RetiringServicePrincipal"] as const) {
    if (input[name] !== undefined) throw unsupported(name);
  }
}

/** `member` names the principal, which the model does not require because a service may stand for it. */
export function requiredPrincipal(call: Call, member: string, text: string | undefined): string {
  if (text === undefined) {
    throw validation(
      `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    );
  }
  refuseNoPrincipal(call, text);
  return text;
}

/** Refuses a grant to users and roles of the account that are not there. */
export async function refuseUnknownPrincipals({ principalExists }: Kms, call: Call, grant: NewGrant): Promise<void> {
  for (const arn of [grant.grantee, grant.retiring]) {
    if (arn === undefined || arn.split(":")[4] !== call.account) continue;
    if ((await principalExists?.(arn)) === false) throw noPrincipal(arn);
  }
}

function refuseNoPrincipal({ partition }: Call, text: string): void {
  if (parsePrincipal(text)?.partition === partition) return;
  throw noPrincipal(text);
}

function noPrincipal(text: string): ApiError {
  return new ApiError(InvalidArnException$, `ARN does not refer to a valid principal: ${text}`);
}

export function refuseNoGrantId(id: string): void {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new ApiError(InvalidGrantIdException$, `Invalid grant id ${id}`);
}

export function grantNotFound(id: string): ApiError {
  return new ApiError(NotFoundException$, `Grant ID ${id} not found`);
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}

function unsupported(what: string): ApiError {
  return new ApiError(UnsupportedOperationException$, `${what} is not supported by Sealift`);
}
