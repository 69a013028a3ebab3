import { AssumeRoleWithWebIdentityCommand, InvalidIdentityTokenException$ } from "@aws-sdk/client-sts";
import { ApiError } from "../../../model/api-error.ts";
import type { Principal } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Sts } from "../context.ts";
import { accessDenied } from "../errors.ts";
import { roleAccesses } from "../roles/access.ts";
import { checkRoleArn, requestedRole } from "../roles/role.ts";
import { roleSession } from "../roles/role-session.ts";
import { sessionPolicies, sessionSeconds } from "../sessions/session-input.ts";
import { isProved } from "../web-identity/unsigned.ts";

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html: the token is what authenticates,
 * so it is verified before this is reached, and the caller is whom it names.
 */
export const assumeRoleWithWebIdentity = operation(AssumeRoleWithWebIdentityCommand)({
  async access(input, call, { iam }: Sts) {
    if (input.ProviderId !== undefined || !isProved(call.principal)) {
      throw new ApiError(
        InvalidIdentityTokenException$,
        "OAuth 2.0 access tokens are not supported, only ID tokens are",
      );
    }
    checkRoleArn(input.RoleArn);
    const role = await requestedRole(iam, call, input.RoleArn);
    if (role?.account !== call.principal.account) throw mayNotAssume();
    const { tags = {}, transitiveTagKeys = [], sourceIdentity } = call.principal;
    return roleAccesses("sts:AssumeRoleWithWebIdentity", role, {
      ...{ roleArn: input.RoleArn, sessionName: input.RoleSessionName, tags, sourceIdentity },
      transitiveTagKeys: transitiveTagKeys.length > 0 ? transitiveTagKeys : undefined,
    });
  },
  async run(input, { iam, sessions }, call) {
    const role = await requestedRole(iam, call, input.RoleArn);
    if (!role) throw mayNotAssume();
    const { arn, userName, tags = {}, transitiveTagKeys = [], sourceIdentity } = call.principal;
    const audience = keyNamed(call.principal, "aud");
    const answer = roleSession(sessions, call.time, {
      ...{ role, roleArn: input.RoleArn, name: input.RoleSessionName, tags, transitiveTagKeys, sourceIdentity },
      policies: await sessionPolicies(input, role.account, iam),
      seconds: sessionSeconds(input.DurationSeconds, role.maxSessionDuration, call.principal),
      minimumTokenSize: input.MinimumSessionTokenSize,
      sessionKeys: { "aws:FederatedProvider": arn, ...lastingKeys(call.principal) },
    });
    return {
      ...answer,
      Provider: arn,
      ...(audience !== undefined && { Audience: String(audience) }),
      ...(userName !== undefined && { SubjectFromWebIdentityToken: userName }),
    };
  },
});

/** What of the token stays with the session. */
function lastingKeys(principal: Principal) {
  const names = ["aud", "sub", "amr"];
  return Object.fromEntries(
    Object.entries(principal.sessionKeys ?? {}).filter(([key]) => names.includes(key.slice(key.lastIndexOf(":") + 1))),
  );
}

function keyNamed({ sessionKeys = {} }: Principal, name: string) {
  return Object.entries(sessionKeys).find(([key]) => key.endsWith(`:${name}`))?.[1];
}

/** The same for a role that is not there as for one that does not trust the provider. */
function mayNotAssume(): ApiError {
  return accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
}
