import type {
  AttachedPermissionsBoundary,
  Group as GroupShape,
  Policy,
  PolicyVersion as PolicyVersionShape,
  RoleLastUsed,
  Role as RoleShape,
  User as UserShape,
} from "@aws-sdk/client-iam";
import type { Call } from "../../../model/call.ts";
import type { Use } from "../credentials/uses.ts";
import { encodeDocument } from "../policies/document.ts";
import { type ManagedPolicy, type PolicyVersion, versionId } from "../policies/policy.ts";
import { tagList } from "../tags.ts";
import { entityArn, type Group, type Role, type User, wholeSeconds } from "./entity.ts";

/** How lists show a role; they leave out tags, boundary and last use. */
export function roleSummary(call: Pick<Call, "partition">, role: Role): RoleShape {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: entityArn({ ...call, account: role.account }, "role", role.path, role.name),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  };
}

export function roleShape(call: Pick<Call, "partition">, role: Role): RoleShape {
  return { ...roleSummary(call, role), ...boundaryAndTags(role) };
}

/** Empty where the role was not used since AWS, or Sealift, looks. */
export function roleLastUsed(use: Use | undefined): RoleLastUsed {
  return use ? { LastUsedDate: wholeSeconds(use.usedAt), Region: use.region } : {};
}

export function userSummary(call: Pick<Call, "partition">, user: User): UserShape {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: entityArn({ ...call, account: user.account }, "user", user.path, user.name),
    CreateDate: user.createdAt,
  };
}

export function userShape(call: Pick<Call, "partition">, user: User): UserShape {
  return { ...userSummary(call, user), ...boundaryAndTags(user) };
}

export function groupShape(call: Pick<Call, "partition">, group: Group): GroupShape {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: entityArn({ ...call, account: group.account }, "group", group.path, group.name),
    CreateDate: group.createdAt,
  };
}

/** How lists show a policy; they leave out description and tags. */
export function policySummary(policy: ManagedPolicy, uses: { attachments: number; boundaries: number }): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: versionId(policy.defaultVersion),
    AttachmentCount: uses.attachments,
    PermissionsBoundaryUsageCount: uses.boundaries,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}

export function policyShape(policy: ManagedPolicy, uses: { attachments: number; boundaries: number }): Policy {
  return { ...policySummary(policy, uses), Description: policy.description, Tags: tagList(policy.tags) };
}

export function versionSummary({ defaultVersion }: ManagedPolicy, version: PolicyVersion): PolicyVersionShape {
  return {
    VersionId: versionId(version.version),
    IsDefaultVersion: version.version === defaultVersion,
    CreateDate: version.createdAt,
  };
}

/** What AWS answers; its model, and so the SDK's type, has another value. */
const boundaryType = "Policy" as "PermissionsBoundaryPolicy";

/** Members that details have and lists do not. */
export function boundaryAndTags({ boundaryArn, tags }: Role | User) {
  const boundary: AttachedPermissionsBoundary | undefined =
    boundaryArn === undefined
      ? undefined
      : { PermissionsBoundaryType: boundaryType, PermissionsBoundaryArn: boundaryArn };
  return {
    ...(boundary && { PermissionsBoundary: boundary }),
    ...(Object.keys(tags).length > 0 && { Tags: tagList(tags) }),
  };
}
