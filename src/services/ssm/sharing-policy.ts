import { MalformedResourcePolicyDocumentException$, ResourcePolicyLimitExceededException$ } from "@aws-sdk/client-ssm";
import { ApiError } from "../../aws/api-error.ts";
import { MalformedPolicy, parsePolicy, type Statement } from "../../policy/index.ts";

/** Bytes of a resource policy, by AWS's limit. */
const maximumSize = 1024;

/**
 * The operations that whom a parameter is shared with may use; nobody can change, delete or share it.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html#sharing-permissions
 */
const shared = ["DescribeParameters", "GetParameter", "GetParameters", "GetParameterHistory"];

/** In lower case, as policies are read. */
const sharedActions = new Set(shared.map((operation) => `ssm:${operation}`.toLowerCase()));

/** Whether a parameter's resource policy has a say in an action. */
export function isSharedAction(action: string): boolean {
  return sharedActions.has(action.toLowerCase());
}

/** Throws where a parameter cannot be shared by that policy. */
export function refusePolicy(document: string): void {
  if (Buffer.byteLength(document) > maximumSize) {
    throw new ApiError(
      ResourcePolicyLimitExceededException$,
      `A policy can't be greater than ${maximumSize} bytes in size.`,
      { Limit: maximumSize, LimitType: "PolicySize" },
    );
  }
  for (const statement of statementsOf(document)) refuseActions(statement);
}

function statementsOf(document: string): readonly Statement[] {
  try {
    return parsePolicy(document, "resource").statements;
  } catch (error) {
    if (!(error instanceof MalformedPolicy)) throw error;
    throw malformed(error.message);
  }
}

function refuseActions({ action, notAction }: Statement): void {
  if (notAction) throw malformed("A policy that shares a parameter can't contain NotAction.");
  const refused = action?.find((name) => !isSharedAction(name));
  if (refused === undefined) return;
  const valid = shared.map((operation) => `ssm:${operation}`).join(", ");
  throw malformed(`A parameter can't be shared with the action ${refused}. Valid actions include: [${valid}].`);
}

function malformed(message: string): ApiError {
  return new ApiError(MalformedResourcePolicyDocumentException$, message);
}
