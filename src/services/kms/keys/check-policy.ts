import { LimitExceededException$, MalformedPolicyDocumentException$, NotFoundException$ } from "@aws-sdk/client-kms";
import { parseArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call, Principal } from "../../../model/call.ts";
import { MalformedPolicy, type Policy, parsePolicy } from "../../../policy/index.ts";
import type { Kms } from "../context.ts";
import { type KeyUnderPolicy, keyAccess } from "./access.ts";

/** Bytes. AWS's quota, which its model does not have. */
const longest = 32 * 1024;

/** Refuses a document that is no key policy, or names users and roles of the account that do not exist. */
export async function refuseMalformedPolicy(context: Kms, call: Call, document: string): Promise<void> {
  if (Buffer.byteLength(document) > longest) {
    throw new ApiError(LimitExceededException$, `The key policy is longer than ${longest} bytes`);
  }
  const principals = principalsOf(parse(document)).filter((name) => parseArn(name)?.account === call.account);
  for (const arn of new Set(principals)) {
    if ((await context.principalExists?.(arn)) ?? true) continue;
    throw malformed("Policy contains a statement with one or more invalid principals.");
  }
}

function principalsOf({ statements }: Policy): string[] {
  return statements.flatMap(({ principal, notPrincipal }) => [...(principal?.aws ?? []), ...(notPrincipal?.aws ?? [])]);
}

function parse(document: string): Policy {
  try {
    return parsePolicy(document, "resource");
  } catch (error) {
    if (!(error instanceof MalformedPolicy)) throw error;
    throw malformed(error.message);
  }
}

/**
 * Refuses a new key policy under which neither the caller nor the account's identity policies could put another one.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
 */
export async function refuseLockout({ authorize }: Kms, call: Call, found: KeyUnderPolicy): Promise<void> {
  const access = { ...keyAccess(call, found), action: "kms:PutKeyPolicy" };
  if ((await authorize(call, access)) === undefined) return;
  if ((await authorize({ ...call, principal: root(call) }, access)) === undefined) return;
  throw malformed("The new key policy will not allow you to update the key policy in the future.");
}

/** A key has one policy, which is named `default`. */
export function refuseOtherPolicyName(name = "default"): void {
  if (name !== "default") throw new ApiError(NotFoundException$, "No such policy exists");
}

function malformed(message: string): ApiError {
  return new ApiError(MalformedPolicyDocumentException$, message);
}

function root({ partition, account }: Call): Principal {
  return { kind: "root", arn: `arn:${partition}:iam::${account}:root`, account, userId: account, accessKeyId: "" };
}
