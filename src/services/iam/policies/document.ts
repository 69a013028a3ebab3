import { MalformedPolicyDocumentException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { MalformedPolicy, type Policy, type PolicyKind, parsePolicy } from "../../../policy/index.ts";
import { quotaExceeded } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; characters, white space not counted. */
export const policySizes = { managed: 6144, trust: 2048, inline: { role: 10_240, user: 2048, group: 5120 } } as const;

/** The length that counts for a quota. */
export function policySize(document: string): number {
  return document.replace(/\s/g, "").length;
}

/** The document as AWS returns it: percent-encoded by RFC 3986. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Refuses a document that AWS would not take. */
export function checkDocument(document: string, kind: PolicyKind): Policy {
  try {
    return parsePolicy(document, kind);
  } catch (error) {
    if (error instanceof MalformedPolicy) throw malformedDocument(error.message);
    throw error;
  }
}

export function checkManagedPolicy(document: string): void {
  checkDocument(document, "identity");
  if (policySize(document) > policySizes.managed) throw quotaExceeded("PolicySize", policySizes.managed);
}

export function malformedDocument(message: string): ApiError {
  return new ApiError(MalformedPolicyDocumentException$, message);
}
