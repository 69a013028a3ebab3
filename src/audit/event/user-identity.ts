import { parseArn } from "../../arn.ts";
import type { Principal } from "../../model/call.ts";
import { eventTime, type SessionContext, type SessionIssuer, type UserIdentity } from "./event.ts";

/**
 * A caller as events show it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function userIdentity(principal: Principal): UserIdentity {
  const { arn, account, accessKeyId, userId, userName } = principal;
  const known = { principalId: userId, arn, accountId: account, ...(accessKeyId !== "" && { accessKeyId }) };
  switch (principal.kind) {
    case "root":
      return { type: "Root", ...known, ...sessionContext(principal) };
    case "user":
      return { type: "IAMUser", ...known, ...(userName !== undefined && { userName }), ...sessionContext(principal) };
    case "assumed-role":
      return { type: "AssumedRole", ...known, ...sessionContext(principal) };
    case "federated-user":
      return { type: "FederatedUser", ...known, ...sessionContext(principal) };
    case "web-identity":
      if (arn === "" && userId === "") return { type: "Unknown" };
      return { ...providersUser(principal), principalId: userId, ...(userName !== undefined && { userName }) };
    default:
      return { type: "AWSService", invokedBy: arn };
  }
}

/** Of a SAML provider CloudTrail shows the name qualifier of its users. */
function providersUser({ arn, sessionKeys = {} }: Principal): Pick<UserIdentity, "type" | "identityProvider"> {
  const { "saml:namequalifier": qualifier } = sessionKeys;
  if (typeof qualifier === "string") return { type: "SAMLUser", identityProvider: qualifier };
  return { type: "WebIdentityUser", identityProvider: arn };
}

/** A session's time of issue and its issuer. */
function sessionContext(principal: Principal): { readonly sessionContext?: SessionContext } {
  const { sessionIssuedAt, mfaAuthenticatedAt, sourceIdentity } = principal;
  if (sessionIssuedAt === undefined) return {};
  return {
    sessionContext: {
      ...issuer(principal),
      attributes: {
        creationDate: eventTime(sessionIssuedAt),
        mfaAuthenticated: String(mfaAuthenticatedAt !== undefined),
      },
      ...(sourceIdentity !== undefined && { sourceIdentity }),
    },
  };
}

function issuer(principal: Principal): Pick<SessionContext, "sessionIssuer"> {
  const { roleArn, userId, account, federatingUser: user } = principal;
  if (roleArn !== undefined) {
    const [roleId = ""] = userId.split(":", 1);
    return { sessionIssuer: issuerOf("Role", roleId, roleArn, account) };
  }
  return user ? { sessionIssuer: issuerOf("IAMUser", user.userId, user.arn, account) } : {};
}

function issuerOf(type: SessionIssuer["type"], principalId: string, arn: string, accountId: string): SessionIssuer {
  const path = parseArn(arn)?.resource ?? arn;
  return { type, principalId, arn, accountId, userName: path.slice(path.lastIndexOf("/") + 1) };
}
