import { AssumeRoleWithWebIdentityCommand, InvalidIdentityTokenException$ } from "@aws-sdk/client-sts";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Principal } from "../../../model/call.ts";
import { accessDenied } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Sts } from "../context.ts";
import { roleAccess } from "../roles/access.ts";
import { findRequestedRole } from "../roles/find.ts";
import { checkRoleArn } from "../roles/role.ts";
import { roleSession } from "../roles/role-session.ts";
import { roleSessionSeconds } from "../sessions/duration.ts";
import { sessionPolicies } from "../sessions/policies.ts";
import { isProved } from "../web-identity/unsigned.ts";

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html: the token authenticates the call,
 * so it was verified before this runs, and the caller is the user whom the token names.
 */
export const assumeRoleWithWebIdentity = operation(AssumeRoleWithWebIdentityCommand)({
  async find(input, call, { iam }: Sts) {
    if (input.ProviderId !== undefined || !isProved(call.principal)) {
      throw new ApiError(
        InvalidIdentityTokenException$,
        "OAuth 2.0 access tokens are not supported, only ID tokens are",
      );
    }
    checkRoleArn(input.RoleArn);
    const role = await findRequestedRole(iam, call, input.RoleArn);
    if (!role || role.account !== call.principal.account) throw mayNotAssume();
    return role;
  },
  access(role, input, { principal }) {
    const { tags = {}, transitiveTagKeys = [], sourceIdentity } = principal;
    return roleAccess(role, {
      roleArn: input.RoleArn,
      sessionName: input.RoleSessionName,
      tags,
      sourceIdentity,
      transitiveTagKeys: transitiveTagKeys.length > 0 ? transitiveTagKeys : undefined,
    });
  },
  async run(role, input, { iam, sessions }, { principal, time }) {
    const { arn, userName, tags = {}, transitiveTagKeys = [], sourceIdentity } = principal;
    const answer = roleSession(sessions, time, {
      role,
      roleArn: input.RoleArn,
      name: input.RoleSessionName,
      tags,
      transitiveTagKeys,
      sourceIdentity,
      policies: await sessionPolicies(input, role.account, iam),
      seconds: roleSessionSeconds(input.DurationSeconds, role.maxSessionDuration, principal),
      minimumTokenSize: input.MinimumSessionTokenSize,
      sessionKeys: { "aws:FederatedProvider": arn, ...lastingKeys(principal) },
    });
    return {
      ...answer,
      Provider: arn,
      ...defined({ Audience: keyNamed(principal, "aud")?.toString(), SubjectFromWebIdentityToken: userName }),
    };
  },
});

/** The token's condition keys that stay with the session. */
function lastingKeys(principal: Principal) {
  const names = ["aud", "sub", "amr"];
  return Object.fromEntries(
    Object.entries(principal.sessionKeys ?? {}).filter(([key]) => names.includes(key.slice(key.lastIndexOf(":") + 1))),
  );
}

function keyNamed({ sessionKeys = {} }: Principal, name: string) {
  return Object.entries(sessionKeys).find(([key]) => key.endsWith(`:${name}`))?.[1];
}

/** The error is the same for a missing role as for one that does not trust the provider. */
function mayNotAssume(): ApiError {
  return accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
}
