import { MalformedResourcePolicyDocumentException$, ResourcePolicyLimitExceededException$ } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import { compileArn, MalformedPolicy, parsePolicy, type Statement, tokenize } from "../../../policy/index.ts";

/** Bytes of a resource policy, by AWS's limit. */
const maximumSize = 1024;

/**
 * The operations that a parameter can be shared for. Other accounts can never change, delete or share it.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html#sharing-permissions
 */
const shared = ["DescribeParameters", "GetParameter", "GetParameters", "GetParameterHistory"];

/** In lower case, as policies are read. */
const sharedActions = new Set(shared.map((operation) => `ssm:${operation}`.toLowerCase()));

/** True if a parameter's resource policy may allow an action. */
function isSharedAction(action: string): boolean {
  return sharedActions.has(action.toLowerCase());
}

/** Throws if the policy cannot share the parameter of that ARN. */
export function refusePolicy(document: string, arn: string): void {
  if (Buffer.byteLength(document) > maximumSize) {
    throw new ApiError(
      ResourcePolicyLimitExceededException$,
      `A policy can't be greater than ${maximumSize} bytes in size.`,
      { Limit: maximumSize, LimitType: "PolicySize" },
    );
  }
  for (const statement of statementsOf(document)) {
    refuseActions(statement);
    refuseResources(statement, arn);
  }
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

function refuseResources({ resource, notResource }: Statement, arn: string): void {
  if (notResource) throw malformed("A policy that shares a parameter can't contain NotResource.");
  const refused = resource?.find((pattern) => !compileArn(tokenize(pattern))(arn));
  if (refused === undefined) return;
  throw malformed(`The resource ${refused} of the policy isn't the parameter that it is attached to: ${arn}.`);
}

function malformed(message: string): ApiError {
  return new ApiError(MalformedResourcePolicyDocumentException$, message);
}
