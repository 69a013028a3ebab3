import { parseArn } from "../../arn.ts";
import type { Principal } from "../../model/call.ts";
import { eventTime, type UserIdentity } from "./event.ts";

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export function userIdentity(principal: Principal): UserIdentity {
  const { arn, account, accessKeyId, userId, userName } = principal;
  const known = { principalId: userId, arn, accountId: account, ...(accessKeyId !== "" && { accessKeyId }) };
  // Those of sessions come from their tokens.
  const kind: string = principal.kind;
  switch (kind) {
    case "root":
      return { type: "Root", ...known, ...sessionContext(principal) };
    case "user":
      return { type: "IAMUser", ...known, ...(userName !== undefined && { userName }), ...sessionContext(principal) };
    case "assumed-role":
      return { type: "AssumedRole", ...known, ...sessionContext(principal) };
    case "federated-user":
      return { type: "FederatedUser", ...known, ...sessionContext(principal) };
    case "web-identity":
      return {
        type: "WebIdentityUser",
        principalId: userId,
        ...(userName !== undefined && { userName }),
        identityProvider: arn,
      };
    default:
      return { type: "AWSService", invokedBy: arn };
  }
}

/** Of a session: when it was made, and whose it is. */
function sessionContext(principal: Principal): { readonly sessionContext?: object } {
  const { sessionIssuedAt, sourceIdentity } = principal;
  if (sessionIssuedAt === undefined) return {};
  return {
    sessionContext: {
      ...issuer(principal),
      attributes: { creationDate: eventTime(sessionIssuedAt), mfaAuthenticated: "false" },
      ...(sourceIdentity !== undefined && { sourceIdentity }),
    },
  };
}

function issuer(principal: Principal): { readonly sessionIssuer?: object } {
  const { roleArn, userId, account } = principal;
  if (roleArn !== undefined) {
    return { sessionIssuer: issuerOf("Role", userId.split(":")[0]!, roleArn, account) };
  }
  const { federatingUser: user } = principal as { federatingUser?: { readonly arn: string; readonly userId: string } };
  return user ? { sessionIssuer: issuerOf("IAMUser", user.userId, user.arn, account) } : {};
}

function issuerOf(type: string, principalId: string, arn: string, accountId: string): object {
  const path = parseArn(arn)?.resource ?? arn;
  return { type, principalId, arn, accountId, userName: path.slice(path.lastIndexOf("/") + 1) };
}
