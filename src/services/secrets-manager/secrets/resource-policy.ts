import { MalformedPolicy, type Policy, parsePolicy } from "../../../policy/index.ts";

/** Problems of a resource policy, in AWS's words. */
export const syntaxError = "This resource policy contains a syntax error.";
export const lockout = "Your requested changes will not allow you to manage this secret in the future.";
export const broadAccess = "You can't attach a resource-based policy that allows broad access to the secret.";

/** The policy; `undefined` if it is malformed. */
export function readPolicy(document: string): Policy | undefined {
  try {
    return parsePolicy(document, "resource");
  } catch (error) {
    if (error instanceof MalformedPolicy) return undefined;
    throw error;
  }
}
