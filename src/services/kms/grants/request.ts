import {
  InvalidArnException$,
  InvalidGrantIdException$,
  InvalidGrantTokenException$,
  NotFoundException$,
} from "@aws-sdk/client-kms";
import { parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import type { Kms } from "../context.ts";
import { memberRequired, unsupported } from "../errors.ts";
import { type Conditions, contextConditions } from "../keys/conditions.ts";
import type { Key } from "../keys/key.ts";
import { type GrantConstraint, isGrantable, type NewGrant, parsePrincipal } from "./grant.ts";
import { type GrantName, parseGrantToken } from "./token.ts";

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

/** The grant that a request describes. Throws where it contradicts itself or names no principals. */
export function readGrant(call: Call, input: CreateGrantInput): NewGrant {
  refuseServices(input);
  if (input.Constraints?.SourceArn !== undefined) throw unsupported("The constraint SourceArn");
  const grantee = requiredPrincipal(call, "granteePrincipal", input.GranteePrincipal);
  if (input.RetiringPrincipal !== undefined) refuseNoPrincipal(call, input.RetiringPrincipal);
  const operations = [...new Set(input.Operations)].sort();
  if (operations.length === 0) throw validationException("Grants must contain at least one operation.");
  if (operations.length === 1 && operations[0] === "CreateGrant") {
    throw validationException("Grants must not contain only the CreateGrant operation.");
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
  // Terraform sends both maps, one of them empty: an empty one is no constraint.
  const [subset, equals] = [given.EncryptionContextSubset, given.EncryptionContextEquals].map(unlessEmpty);
  if (subset !== undefined && equals !== undefined) throw validationException("More than one constraint supplied");
  const context = subset ?? equals;
  if (context === undefined) return undefined;
  const pairs = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return { kind: subset ? "EncryptionContextSubset" : "EncryptionContextEquals", context: pairs };
}

function unlessEmpty<T extends object>(map: T | undefined): T | undefined {
  return map && Object.keys(map).length > 0 ? map : undefined;
}

/** Refuses a grant of operations or constraints that do not fit the key. */
export function refuseUngrantable(key: Pick<Key, "spec" | "usage">, { operations, constraint }: NewGrant): void {
  const wrong = operations.find((operation) => !isGrantable(key, operation));
  if (wrong !== undefined)
    throw validationException(`The operation ${wrong} is not supported for key spec ${key.spec}.`);
  if (constraint !== undefined && key.spec !== "SYMMETRIC_DEFAULT") {
    throw validationException("Encryption context constraints are only supported for symmetric encryption KMS keys.");
  }
}

/**
 * Condition keys of a new grant. Its constraint gives those of the encryption context.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function grantConditions({ grantee, retiring, operations, constraint }: NewGrant): Conditions {
  return {
    "kms:GranteePrincipal": grantee,
    ...defined({ "kms:RetiringPrincipal": retiring }),
    "kms:GrantOperations": operations,
    "kms:GrantIsForAWSResource": "false",
    ...constraintConditions(constraint),
  };
}

/** Condition keys of a grant's constraint. */
export function constraintConditions(constraint: GrantConstraint | undefined): Conditions {
  if (!constraint) return {};
  const { kind, context } = constraint;
  return { "kms:GrantConstraintType": kind, ...contextConditions(Object.fromEntries(context)) };
}

/** On AWS, services get grants to act for a resource. No service does so here. */
export function refuseServices(input: {
  readonly GranteeServicePrincipal?: string;
  readonly RetiringServicePrincipal?: string;
}): void {
  for (const name of ["GranteeServicePrincipal", "RetiringServicePrincipal"] as const) {
    if (input[name] !== undefined) throw unsupported(name);
  }
}

/** The principal in `member`. The model does not require it because a service may take its place. */
export function requiredPrincipal(call: Call, member: string, text: string | undefined): string {
  if (text === undefined) throw memberRequired(member);
  refuseNoPrincipal(call, text);
  return text;
}

/** Refuses a grant to users and roles of the account that do not exist. */
export async function refuseUnknownPrincipals({ principalExists }: Kms, call: Call, grant: NewGrant): Promise<void> {
  for (const arn of [grant.grantee, grant.retiring]) {
    if (arn === undefined || parseArn(arn)?.account !== call.account) continue;
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

/** The grant that a token of a request names. */
export function readGrantToken(token: string): GrantName {
  const grant = parseGrantToken(token);
  if (!grant) throw new ApiError(InvalidGrantTokenException$, "The grant token is not valid.");
  return grant;
}

export function refuseNoGrantId(id: string): void {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new ApiError(InvalidGrantIdException$, `Invalid grant id ${id}`);
}

export function grantNotFound(id: string): ApiError {
  return new ApiError(NotFoundException$, `Grant ID ${id} not found`);
}
