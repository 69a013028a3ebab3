import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { accessDenied, validationError } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Sts } from "../context.ts";
import { mayNotAssume } from "../errors.ts";
import { roleAccess } from "../roles/access.ts";
import { findRequestedRole } from "../roles/find.ts";
import { checkRoleArn } from "../roles/role.ts";
import { roleSession } from "../roles/role-session.ts";
import { findDeviceCode, useDeviceCode } from "../sessions/device-code.ts";
import { roleSessionSeconds } from "../sessions/duration.ts";
import { sessionPolicies } from "../sessions/policies.ts";
import { requestedTags, sessionTags } from "../sessions/tags.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operation(AssumeRoleCommand)({
  async find(input, call, { iam }: Sts) {
    const { kind } = call.principal;
    checkRoleArn(input.RoleArn);
    if (kind === "root") throw accessDenied("Roles may not be assumed by root accounts.");
    const role = await findRequestedRole(iam, call, input.RoleArn);
    if (!role || kind === "federated-user") throw mayNotAssume(call, input.RoleArn);
    return { role, tags: requestedTags(input), code: await findDeviceCode(iam, call, input) };
  },
  access: ({ role, tags, code }, input, { principal }) =>
    roleAccess(role, {
      roleArn: input.RoleArn,
      sessionName: input.RoleSessionName,
      externalId: input.ExternalId,
      tags,
      transitiveTagKeys: input.TransitiveTagKeys?.length ? input.TransitiveTagKeys : undefined,
      passesTags: (principal.transitiveTagKeys ?? []).length > 0,
      sourceIdentity: input.SourceIdentity ?? principal.sourceIdentity,
      showsCode: code !== undefined,
    }),
  async run({ role, tags, code }, input, { iam, sessions }, { principal, time }) {
    if (input.ProvidedContexts?.length) {
      throw validationError("Trusted context assertions are not supported: there is no context provider");
    }
    const sourceIdentity = principal.sourceIdentity ?? input.SourceIdentity;
    if (input.SourceIdentity !== undefined && input.SourceIdentity !== sourceIdentity) {
      throw accessDenied("The source identity of the calling session cannot be changed.");
    }
    const session = {
      role,
      roleArn: input.RoleArn,
      name: input.RoleSessionName,
      sourceIdentity,
      ...sessionTags(tags, input, principal),
      policies: await sessionPolicies(input, role.account, iam),
      seconds: roleSessionSeconds(input.DurationSeconds, role.maxSessionDuration, principal),
      minimumTokenSize: input.MinimumSessionTokenSize,
    };
    await useDeviceCode(iam, code);
    // The session itself does not tell that the device was there.
    return roleSession(sessions, time, session);
  },
});
