import * as client from "@aws-sdk/client-iam";
import type { Operation } from "../../aws/operation.ts";
import type { Model } from "../../aws/violations.ts";
import { addUserToGroup } from "./add-user-to-group.ts";
import { attachGroupPolicy } from "./attach-group-policy.ts";
import { attachRolePolicy } from "./attach-role-policy.ts";
import { attachUserPolicy } from "./attach-user-policy.ts";
import { createAccessKey } from "./create-access-key.ts";
import { createGroup } from "./create-group.ts";
import { createPolicy } from "./create-policy.ts";
import { createPolicyVersion } from "./create-policy-version.ts";
import { createRole } from "./create-role.ts";
import { createUser } from "./create-user.ts";
import { deleteAccessKey } from "./delete-access-key.ts";
import { deleteGroup } from "./delete-group.ts";
import { deleteGroupPolicy } from "./delete-group-policy.ts";
import { deletePolicy } from "./delete-policy.ts";
import { deletePolicyVersion } from "./delete-policy-version.ts";
import { deleteRole } from "./delete-role.ts";
import { deleteRolePermissionsBoundary } from "./delete-role-permissions-boundary.ts";
import { deleteRolePolicy } from "./delete-role-policy.ts";
import { deleteUser } from "./delete-user.ts";
import { deleteUserPolicy } from "./delete-user-policy.ts";
import { detachGroupPolicy } from "./detach-group-policy.ts";
import { detachRolePolicy } from "./detach-role-policy.ts";
import { detachUserPolicy } from "./detach-user-policy.ts";
import { getAccessKeyLastUsed } from "./get-access-key-last-used.ts";
import { getGroup } from "./get-group.ts";
import { getGroupPolicy } from "./get-group-policy.ts";
import { getPolicy } from "./get-policy.ts";
import { getPolicyVersion } from "./get-policy-version.ts";
import { getRole } from "./get-role.ts";
import { getRolePolicy } from "./get-role-policy.ts";
import { getUser } from "./get-user.ts";
import { getUserPolicy } from "./get-user-policy.ts";
import type { Iam } from "./index.ts";
import limits from "./limits.json" with { type: "json" };
import { listAccessKeys } from "./list-access-keys.ts";
import { listAttachedGroupPolicies } from "./list-attached-group-policies.ts";
import { listAttachedRolePolicies } from "./list-attached-role-policies.ts";
import { listAttachedUserPolicies } from "./list-attached-user-policies.ts";
import { listEntitiesForPolicy } from "./list-entities-for-policy.ts";
import { listGroupPolicies } from "./list-group-policies.ts";
import { listGroups } from "./list-groups.ts";
import { listGroupsForUser } from "./list-groups-for-user.ts";
import { listInstanceProfilesForRole } from "./list-instance-profiles-for-role.ts";
import { listPolicies } from "./list-policies.ts";
import { listPolicyVersions } from "./list-policy-versions.ts";
import { listRolePolicies } from "./list-role-policies.ts";
import { listRoleTags } from "./list-role-tags.ts";
import { listRoles } from "./list-roles.ts";
import { listUserPolicies } from "./list-user-policies.ts";
import { listUserTags } from "./list-user-tags.ts";
import { listUsers } from "./list-users.ts";
import { putGroupPolicy } from "./put-group-policy.ts";
import { putRolePermissionsBoundary } from "./put-role-permissions-boundary.ts";
import { putRolePolicy } from "./put-role-policy.ts";
import { putUserPolicy } from "./put-user-policy.ts";
import { removeUserFromGroup } from "./remove-user-from-group.ts";
import { setDefaultPolicyVersion } from "./set-default-policy-version.ts";
import { tagRole } from "./tag-role.ts";
import { tagUser } from "./tag-user.ts";
import { untagRole } from "./untag-role.ts";
import { untagUser } from "./untag-user.ts";
import { updateAccessKey } from "./update-access-key.ts";
import { updateAssumeRolePolicy } from "./update-assume-role-policy.ts";
import { updateGroup } from "./update-group.ts";
import { updateRole } from "./update-role.ts";
import { updateRoleDescription } from "./update-role-description.ts";
import { updateUser } from "./update-user.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<Iam>[] = [
  addUserToGroup,
  attachGroupPolicy,
  attachRolePolicy,
  attachUserPolicy,
  createAccessKey,
  createGroup,
  createPolicy,
  createPolicyVersion,
  createRole,
  createUser,
  deleteAccessKey,
  deleteGroup,
  deleteGroupPolicy,
  deletePolicy,
  deletePolicyVersion,
  deleteRole,
  deleteRolePermissionsBoundary,
  deleteRolePolicy,
  deleteUser,
  deleteUserPolicy,
  detachGroupPolicy,
  detachRolePolicy,
  detachUserPolicy,
  getAccessKeyLastUsed,
  getGroup,
  getGroupPolicy,
  getPolicy,
  getPolicyVersion,
  getRole,
  getRolePolicy,
  getUser,
  getUserPolicy,
  listAccessKeys,
  listAttachedGroupPolicies,
  listAttachedRolePolicies,
  listAttachedUserPolicies,
  listEntitiesForPolicy,
  listGroupPolicies,
  listGroups,
  listGroupsForUser,
  listInstanceProfilesForRole,
  listPolicies,
  listPolicyVersions,
  listRolePolicies,
  listRoleTags,
  listRoles,
  listUserPolicies,
  listUserTags,
  listUsers,
  putGroupPolicy,
  putRolePermissionsBoundary,
  putRolePolicy,
  putUserPolicy,
  removeUserFromGroup,
  setDefaultPolicyVersion,
  tagRole,
  tagUser,
  untagRole,
  untagUser,
  updateAccessKey,
  updateAssumeRolePolicy,
  updateGroup,
  updateRole,
  updateRoleDescription,
  updateUser,
];
