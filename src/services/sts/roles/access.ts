import { defined } from "../../../defined.ts";
import type { Need } from "../../../model/operation.ts";
import { requestTagKeys, resourceTagKeys } from "../../../model/tag-conditions.ts";
import type { Role, Tags } from "../../iam/index.ts";
import { tagList } from "../sessions/tags.ts";

/** The parts of a request for a role that its trust policy decides on. */
export interface RoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string | undefined;
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[] | undefined;
  /** True if the caller's session has tags that pass on. */
  readonly passesTags?: boolean;
  readonly sourceIdentity: string | undefined;
  /** True if the caller shows a code of a multi-factor device with the request. */
  readonly showsCode?: boolean;
}

/**
 * The needs of an operation that assumes the role. Its trust policy has to allow the operation, and apart from it session
 * tags and source identity.
 */
export function roleAccess(role: Role, request: RoleRequest): readonly Need[] {
  const { roleArn, sessionName, externalId, transitiveTagKeys, passesTags = false, sourceIdentity } = request;
  const tags = tagList(request.tags);
  const need: Need = {
    resource: roleArn,
    resourceAccount: role.account,
    conditions: {
      ...defined({
        "sts:RoleSessionName": sessionName,
        "sts:ExternalId": externalId,
        "sts:SourceIdentity": sourceIdentity,
        "sts:TransitiveTagKeys": transitiveTagKeys,
      }),
      ...(request.showsCode && { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0" }),
      ...requestTagKeys(tags),
      ...resourceTagKeys(tagList(role.tags), "iam"),
    },
    resourcePolicy: { name: "trust policy", document: role.trustPolicy, rule: "alone" },
  };
  return [
    need,
    ...(tags.length > 0 || passesTags ? [{ ...need, action: "sts:TagSession" }] : []),
    ...(sourceIdentity !== undefined ? [{ ...need, action: "sts:SetSourceIdentity" }] : []),
  ];
}
