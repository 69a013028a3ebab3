import type {
  AttachedPermissionsBoundary,
  Group as GroupShape,
  RoleLastUsed,
  Role as RoleShape,
  User as UserShape,
} from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { Use } from "../credentials/uses.ts";
import { encodeDocument } from "../policies/document.ts";
import { tagList } from "../tags.ts";
import { wholeSeconds } from "../whole-seconds.ts";
import { entityArn, type Group, type Role, type User } from "./entity.ts";

/** A role in a list, which leaves out tags, boundary and last use. */
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

/** A role in the answer of the operation that made it, which leaves out how long its sessions may last. */
export function newRoleShape(call: Pick<Call, "partition">, role: Role): RoleShape {
  const { MaxSessionDuration: _, ...shape } = roleShape(call, role);
  return shape;
}

/** Empty where no session of the role has signed a request yet. */
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

/** AWS answers this value. Its model, and so the SDK's type, has another one. */
const boundaryType = "Policy" as "PermissionsBoundaryPolicy";

/** Members that details have and lists do not. */
export function boundaryAndTags({ boundaryArn, tags }: Role | User) {
  const boundary: AttachedPermissionsBoundary | undefined =
    boundaryArn === undefined
      ? undefined
      : { PermissionsBoundaryType: boundaryType, PermissionsBoundaryArn: boundaryArn };
  return defined({
    PermissionsBoundary: boundary,
    Tags: Object.keys(tags).length > 0 ? tagList(tags) : undefined,
  });
}
