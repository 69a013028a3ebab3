import { AssumeRoleWithSAMLCommand, InvalidIdentityTokenException$ } from "@aws-sdk/client-sts";
import { ApiError } from "../../../model/api-error.ts";
import { accessDenied } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Sts } from "../context.ts";
import { roleAccess } from "../roles/access.ts";
import { findRequestedRole } from "../roles/find.ts";
import { checkRoleArn } from "../roles/role.ts";
import { roleSession } from "../roles/role-session.ts";
import { isSamlPrincipal } from "../saml/principal.ts";
import { roleSessionSeconds } from "../sessions/duration.ts";
import { sessionPolicies } from "../sessions/policies.ts";

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html: the provider's response authenticates the
 * call, so it was verified before this runs, and the caller is the user whom the response names.
 */
export const assumeRoleWithSaml = operation(AssumeRoleWithSAMLCommand)({
  async find(input, call, { iam }: Sts) {
    const { principal } = call;
    if (!isSamlPrincipal(principal)) {
      throw new ApiError(InvalidIdentityTokenException$, "Your request included an invalid SAML response");
    }
    checkRoleArn(input.RoleArn);
    const role = await findRequestedRole(iam, call, input.RoleArn);
    // The error is the same for a missing role as for one that does not trust the provider.
    if (role?.account !== principal.account) throw accessDenied("Not authorized to perform sts:AssumeRoleWithSAML");
    return { role, principal };
  },
  access({ role, principal }, input) {
    const { tags = {}, transitiveTagKeys = [], sourceIdentity, saml } = principal;
    return roleAccess(role, {
      roleArn: input.RoleArn,
      sessionName: saml.sessionName,
      tags,
      sourceIdentity,
      transitiveTagKeys: transitiveTagKeys.length > 0 ? transitiveTagKeys : undefined,
    });
  },
  async run({ role, principal }, input, { iam, sessions }, { time }) {
    const { tags = {}, transitiveTagKeys = [], sourceIdentity, saml } = principal;
    const seconds = roleSessionSeconds(input.DurationSeconds, role.maxSessionDuration, principal);
    const session = roleSession(sessions, time, {
      role,
      roleArn: input.RoleArn,
      name: saml.sessionName,
      tags,
      transitiveTagKeys,
      sourceIdentity,
      policies: await sessionPolicies(input, role.account, iam),
      seconds: Math.min(seconds, saml.longest ?? seconds),
      minimumTokenSize: input.MinimumSessionTokenSize,
      sessionKeys: saml.sessionKeys,
    });
    return { ...session, ...saml.answer };
  },
});
