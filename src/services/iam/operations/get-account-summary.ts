import { GetAccountSummaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
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

/** The same for every account: its root user has an access key and nothing else. */
const always = {
  AccountAccessKeysPresent: 1,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const getAccountSummary = operation(GetAccountSummaryCommand)({
  access: onAccount,
  async run(_found, _input, { store }: Iam, call) {
    const { tokenVersion } = await store.account.settings(call.account);
    const counts = await store.account.count(call.account);
    return {
      SummaryMap: {
        ...quotas,
        ...always,
        GlobalEndpointTokenVersion: tokenVersion ?? 1,
        Groups: counts.groups,
        InstanceProfiles: counts.instanceProfiles,
        MFADevices: counts.mfaDevices,
        MFADevicesInUse: counts.mfaDevicesInUse,
        Policies: counts.policies,
        PolicyVersionsInUse: counts.policyVersions,
        Providers: counts.providers,
        Roles: counts.roles,
        ServerCertificates: counts.serverCertificates,
        Users: counts.users,
      },
    };
  },
});
