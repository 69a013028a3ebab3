import type { Access } from "../../../model/call.ts";
import type { Role, Tags } from "../../iam/index.ts";

/** What somebody who assumes a role asks for. */
export interface Assumption {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string | undefined;
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[] | undefined;
  /** Whether the caller's session has tags that pass on. */
  readonly passesTags?: boolean;
  readonly sourceIdentity: string | undefined;
}

/** Tags and source identity have to be allowed apart, by the trust policy like the role itself. */
export function roleAccesses(action: string, role: Role, assumption: Assumption): readonly Access[] {
  const { roleArn, sessionName, externalId, transitiveTagKeys, passesTags = false, sourceIdentity } = assumption;
  const tags = Object.entries(assumption.tags);
  const conditions = {
    "sts:RoleSessionName": sessionName,
    ...(externalId !== undefined && { "sts:ExternalId": externalId }),
    ...(sourceIdentity !== undefined && { "sts:SourceIdentity": sourceIdentity }),
    ...(transitiveTagKeys && { "sts:TransitiveTagKeys": transitiveTagKeys }),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...(tags.length > 0 && { "aws:TagKeys": tags.map(([key]) => key) }),
    ...Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [`iam:ResourceTag/${key}`, value])),
  };
  const actions = [
    action,
    ...(tags.length > 0 || passesTags ? ["sts:TagSession"] : []),
    ...(sourceIdentity !== undefined ? ["sts:SetSourceIdentity"] : []),
  ];
  return actions.map((action) => ({
    action,
    resource: roleArn,
    resourceAccount: role.account,
    conditions,
    resourcePolicy: { name: "trust policy", document: role.trustPolicy, rule: "alone" },
  }));
}
