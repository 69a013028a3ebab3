import { GetAccountSummaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const quotas = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
};

/** What there is none of here. The root user has an access key from the first start on. */
const always = {
  AccountAccessKeysPresent: 1,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  MFADevices: 0,
  MFADevicesInUse: 0,
  ServerCertificates: 0,
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const getAccountSummary = operation(GetAccountSummaryCommand)({
  access: onAccount("iam:GetAccountSummary"),
  async run(_input, { store }: Iam, call) {
    const { tokenVersion } = await store.findAccountSettings(call.account);
    const there = await store.countAll(call.account);
    return {
      SummaryMap: {
        ...quotas,
        ...always,
        GlobalEndpointTokenVersion: tokenVersion ?? 1,
        Groups: there.groups,
        InstanceProfiles: there.instanceProfiles,
        Policies: there.policies,
        PolicyVersionsInUse: there.policyVersions,
        Providers: there.providers,
        Roles: there.roles,
        Users: there.users,
      },
    };
  },
});
