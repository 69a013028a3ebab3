import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { operation } from "../../../model/operation-before.ts";
import type { Sts } from "../context.ts";
import { accessDenied, mayNotAssume, validationError } from "../errors.ts";
import { roleAccesses } from "../roles/access.ts";
import { checkRoleArn, requestedRole } from "../roles/role.ts";
import { roleSession } from "../roles/role-session.ts";
import {
  refuseDeviceCode,
  requestedTags,
  sessionPolicies,
  sessionSeconds,
  sessionTags,
} from "../sessions/session-input.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operation(AssumeRoleCommand)({
  async access(input, call, { iam }: Sts) {
    const { kind, transitiveTagKeys: inherited = [], sourceIdentity } = call.principal;
    if (kind === "root") throw accessDenied("Roles may not be assumed by root accounts.");
    checkRoleArn(input.RoleArn);
    const role = await requestedRole(iam, call, input.RoleArn);
    if (!role || kind === "federated-user") throw mayNotAssume(call, input.RoleArn);
    return roleAccesses("sts:AssumeRole", role, {
      roleArn: input.RoleArn,
      sessionName: input.RoleSessionName,
      externalId: input.ExternalId,
      tags: requestedTags(input),
      transitiveTagKeys: input.TransitiveTagKeys,
      passesTags: inherited.length > 0,
      sourceIdentity: input.SourceIdentity ?? sourceIdentity,
    });
  },
  async run(input, { iam, sessions }, call) {
    refuseDeviceCode(input);
    if (input.ProvidedContexts?.length) {
      throw validationError("Trusted context assertions are not supported: there is no context provider");
    }
    const role = await requestedRole(iam, call, input.RoleArn);
    if (!role) throw mayNotAssume(call, input.RoleArn);
    const sourceIdentity = call.principal.sourceIdentity ?? input.SourceIdentity;
    if (input.SourceIdentity !== undefined && input.SourceIdentity !== sourceIdentity) {
      throw accessDenied("The source identity of the calling session cannot be changed.");
    }
    return roleSession(sessions, call.time, {
      ...{ role, roleArn: input.RoleArn, name: input.RoleSessionName, sourceIdentity },
      ...sessionTags(input, call.principal),
      policies: await sessionPolicies(input, role.account, iam),
      seconds: sessionSeconds(input.DurationSeconds, role.maxSessionDuration, call.principal),
      minimumTokenSize: input.MinimumSessionTokenSize,
    });
  },
});
