/** A document that AWS would refuse. The message is AWS's, for `MalformedPolicyDocumentException` and its like. */
export class MalformedPolicy extends Error {
  override readonly name = "MalformedPolicy";
}

/** `identity`: a user's, group's or role's. `resource`: a secret's or key's. `trust`: who may assume a role. */
export type PolicyKind = "identity" | "resource" | "trust" | "session";

/**
 * AWS has two parsers, with different wording: one for policies that belong to an identity (the first text), one for
 * policies with principals (the second).
 */
const messages = {
  json: ["Syntax errors in policy.", "This policy contains invalid Json"],
  syntax: ["Syntax errors in policy.", "Syntax errors in policy."],
  version: ["Syntax errors in policy.", "The policy must contain a valid version string"],
  missingStatement: ["Syntax errors in policy.", "Missing required field Statement"],
  emptyStatement: ["Syntax errors in policy.", "Could not parse the policy: Statement is empty!"],
  missingEffect: ["Syntax errors in policy.", "Missing required field Effect"],
  missingAction: ["Policy statement must contain actions.", "Missing required field Action"],
  missingResource: ["Policy statement must contain resources.", "Missing required field Resource"],
  repeatedSid: [
    "Statement IDs (SID) in a single policy must be unique.",
    "The Statement Ids in the policy are not unique",
  ],
} as const;

export function malformed(kind: PolicyKind, fault: keyof typeof messages): MalformedPolicy {
  return new MalformedPolicy(messages[fault][namesPrincipals(kind) ? 1 : 0]);
}

export function unknownField(kind: PolicyKind, name: string): MalformedPolicy {
  return namesPrincipals(kind) ? new MalformedPolicy(`Unknown field ${name}`) : malformed(kind, "syntax");
}

/** True if statements of this kind must name principals; others apply to the identity that they are attached to. */
export function namesPrincipals(kind: PolicyKind): kind is "resource" | "trust" {
  return kind === "resource" || kind === "trust";
}
