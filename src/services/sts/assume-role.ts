import { AssumeRoleCommand, type AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import type { Access, Call } from "../../aws/call.ts";
import { operation } from "../../aws/operation.ts";
import type { Role } from "../iam/index.ts";
import { accessDenied, mayNotAssume } from "./errors.ts";
import type { Sts } from "./index.ts";
import { assumedRoleArn, requestedRole } from "./role.ts";
import {
  checkPackedSize,
  refuseDeviceCode,
  requestedTags,
  sessionPolicies,
  sessionSeconds,
  sessionTags,
} from "./session-input.ts";
import { shownCredentials } from "./sessions.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operation(AssumeRoleCommand)({
  async access(input, call, { iam }: Sts) {
    if (call.principal.kind === "root") throw accessDenied("Roles may not be assumed by root accounts.");
    const role = await requestedRole(iam, call, input.RoleArn);
    if (!role) throw mayNotAssume(call, input.RoleArn);
    return accesses(input, call, role);
  },
  async run(input, { iam, sessions }, call) {
    refuseDeviceCode(input);
    const role = await requestedRole(iam, call, input.RoleArn);
    if (!role) throw mayNotAssume(call, input.RoleArn);
    const { tags, transitiveTagKeys } = sessionTags(input, call.principal);
    const policies = await sessionPolicies(input, role.account, iam);
    const packed = checkPackedSize(policies, tags);
    const seconds = sessionSeconds(input.DurationSeconds, role.maxSessionDuration, call.principal);
    const sourceIdentity = call.principal.sourceIdentity ?? input.SourceIdentity;
    if (input.SourceIdentity !== undefined && input.SourceIdentity !== sourceIdentity) {
      throw accessDenied("The source identity of the calling session cannot be changed.");
    }
    const arn = assumedRoleArn(input.RoleArn, role, input.RoleSessionName);
    const userId = `${role.id}:${input.RoleSessionName}`;
    const credentials = sessions.mint(
      {
        kind: "assumed-role",
        arn,
        account: role.account,
        userId,
        roleArn: input.RoleArn,
        ...(policies.length > 0 && { sessionPolicies: policies }),
        ...(Object.keys(tags).length > 0 && { tags, transitiveTagKeys }),
        ...(sourceIdentity !== undefined && { sourceIdentity }),
      },
      call.time,
      seconds,
    );
    return {
      Credentials: shownCredentials(credentials),
      AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
      ...(packed !== undefined && { PackedPolicySize: packed }),
      ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
    };
  },
});

type Input = Pick<
  AssumeRoleCommandInput,
  "RoleArn" | "RoleSessionName" | "ExternalId" | "SourceIdentity" | "Tags" | "TransitiveTagKeys"
>;

/** Tags and source identity have to be allowed apart, by the trust policy like the role itself. */
function accesses(input: Input, call: Call, role: Role): Access[] {
  const tags = Object.entries(requestedTags(input));
  const sourceIdentity = input.SourceIdentity ?? call.principal.sourceIdentity;
  const conditions = {
    "sts:RoleSessionName": input.RoleSessionName ?? "",
    ...(input.ExternalId !== undefined && { "sts:ExternalId": input.ExternalId }),
    ...(sourceIdentity !== undefined && { "sts:SourceIdentity": sourceIdentity }),
    ...(input.TransitiveTagKeys && { "sts:TransitiveTagKeys": input.TransitiveTagKeys }),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...(tags.length > 0 && { "aws:TagKeys": tags.map(([key]) => key) }),
    ...Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [`iam:ResourceTag/${key}`, value])),
  };
  const passesTags = tags.length > 0 || (call.principal.transitiveTagKeys?.length ?? 0) > 0;
  const actions = [
    "sts:AssumeRole",
    ...(passesTags ? ["sts:TagSession"] : []),
    ...(sourceIdentity !== undefined ? ["sts:SetSourceIdentity"] : []),
  ];
  return actions.map((action) => ({
    action,
    resource: input.RoleArn ?? "",
    resourceAccount: role.account,
    conditions,
    resourcePolicy: { name: "trust policy", document: role.trustPolicy, rule: "alone" },
  }));
}
