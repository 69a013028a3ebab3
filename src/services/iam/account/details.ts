import type { GroupDetail, ManagedPolicyDetail, RoleDetail, UserDetail } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { Group, Role, User } from "../entities/entity.ts";
import { instanceProfileSummary } from "../entities/instance-profiles/shape.ts";
import { boundaryAndTags, groupShape, roleLastUsed, roleSummary, userSummary } from "../entities/shape.ts";
import { findAwsManaged } from "../policies/aws-managed-policies.ts";
import { encodeDocument } from "../policies/document.ts";
import { type ManagedPolicy, policyName } from "../policies/policy.ts";
import { policySummary, versionSummary } from "../policies/shape.ts";
import type { IamStore } from "../store.ts";

/** The details of a page of users, in a few reads however many they are. The other kinds are alike. */
export async function userDetails(store: IamStore, call: Call, users: readonly User[]): Promise<UserDetail[]> {
  const ids = users.map(({ id }) => id);
  const groups = await store.memberships.listGroupsOfAll(ids);
  const policies = await policiesOf(store, ids);
  return users.map((user) => ({
    ...userSummary(call, user),
    UserPolicyList: policies.inline(user.id),
    GroupList: (groups.get(user.id) ?? []).map(({ name }) => name),
    AttachedManagedPolicies: policies.attached(user.id),
    ...boundaryAndTags(user),
  }));
}

export async function groupDetails(store: IamStore, call: Call, groups: readonly Group[]): Promise<GroupDetail[]> {
  const policies = await policiesOf(
    store,
    groups.map(({ id }) => id),
  );
  return groups.map((group) => ({
    ...groupShape(call, group),
    GroupPolicyList: policies.inline(group.id),
    AttachedManagedPolicies: policies.attached(group.id),
  }));
}

export async function roleDetails(store: IamStore, call: Call, roles: readonly Role[]): Promise<RoleDetail[]> {
  const ids = roles.map(({ id }) => id);
  const policies = await policiesOf(store, ids);
  const profiles = Map.groupBy(await store.instanceProfiles.listOfRoles(ids), ({ roleId }) => roleId);
  const uses = await store.uses.find(ids);
  return roles.map((role) => {
    const { Description: _description, MaxSessionDuration: _duration, ...summary } = roleSummary(call, role);
    return {
      ...summary,
      InstanceProfileList: (profiles.get(role.id) ?? []).map((profile) => instanceProfileSummary(call, profile, role)),
      RolePolicyList: policies.inline(role.id),
      AttachedManagedPolicies: policies.attached(role.id),
      ...boundaryAndTags(role),
      RoleLastUsed: roleLastUsed(uses.get(role.id)),
    };
  });
}

export async function policyDetails(
  store: IamStore,
  policies: readonly ManagedPolicy[],
  uses: { readonly attachment: ReadonlyMap<string, number>; readonly boundary: ReadonlyMap<string, number> },
): Promise<ManagedPolicyDetail[]> {
  const arns = policies.filter(({ account }) => account !== "aws").map(({ arn }) => arn);
  const own = await store.policies.listVersionsOf(arns);
  return policies.map((policy) => {
    const { arn, description } = policy;
    const known = findAwsManaged(arn);
    const versions = known ? [known.version] : (own.get(arn) ?? []);
    return {
      ...policySummary(policy, {
        attachments: uses.attachment.get(arn) ?? 0,
        boundaries: uses.boundary.get(arn) ?? 0,
      }),
      ...defined({ Description: description }),
      PolicyVersionList: versions.map((version) => ({
        Document: encodeDocument(version.document),
        ...versionSummary(policy, version),
      })),
    };
  });
}

async function policiesOf(store: IamStore, ids: readonly string[]) {
  const inline = await store.inlinePolicies.listOfAll(ids);
  const attached = await store.attachments.listOfAll(ids);
  return {
    inline: (id: string) =>
      (inline.get(id) ?? []).map(({ name, document }) => ({
        PolicyName: name,
        PolicyDocument: encodeDocument(document),
      })),
    attached: (id: string) => (attached.get(id) ?? []).map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })),
  };
}
