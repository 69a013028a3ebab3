import { type AssumeRoleCommandInput, MalformedPolicyDocumentException$ } from "@aws-sdk/client-sts";
import { ApiError } from "../../../model/api-error.ts";
import { validationError } from "../../../model/common-errors.ts";
import { MalformedPolicy, parsePolicy } from "../../../policy/index.ts";
import type { IamStore } from "../../iam/index.ts";

/** Characters of an inline session policy. */
const longestPolicy = 2048;
const mostPolicyArns = 10;

/** The policies that narrow the session: the document given, and ARNs of managed policies. */
export async function sessionPolicies(
  { Policy: document, PolicyArns: arns = [] }: Pick<AssumeRoleCommandInput, "Policy" | "PolicyArns">,
  account: string,
  store: Pick<IamStore, "policies">,
): Promise<readonly string[]> {
  if (document !== undefined) {
    if (document.length > longestPolicy) {
      throw validationError(
        `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to ${longestPolicy}`,
      );
    }
    checkDocument(document);
  }
  const named = arns.flatMap(({ arn }) => arn ?? []);
  if (named.length > mostPolicyArns) {
    throw validationError(
      `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${mostPolicyArns}`,
    );
  }
  for (const arn of named) {
    const policy = await store.policies.find(arn);
    if (!policy || ![account, "aws"].includes(policy.account)) {
      throw validationError(`Policy ${arn} does not exist or is not attachable.`);
    }
  }
  return [...(document === undefined ? [] : [document]), ...named];
}

function checkDocument(document: string): void {
  try {
    parsePolicy(document, "session");
  } catch (error) {
    if (error instanceof MalformedPolicy) throw new ApiError(MalformedPolicyDocumentException$, error.message);
    throw error;
  }
}
