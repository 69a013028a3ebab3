import * as client from "@aws-sdk/client-iam";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Iam } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client, hidesValues: true };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Iam> = {
  AddClientIDToOpenIDConnectProvider: async () =>
    (await import("./operations/add-client-id-to-open-id-connect-provider.ts")).addClientIdToOpenIdConnectProvider,
  AddRoleToInstanceProfile: async () =>
    (await import("./operations/add-role-to-instance-profile.ts")).addRoleToInstanceProfile,
  AddUserToGroup: async () => (await import("./operations/add-user-to-group.ts")).addUserToGroup,
  AttachGroupPolicy: async () => (await import("./operations/attach-group-policy.ts")).attachGroupPolicy,
  AttachRolePolicy: async () => (await import("./operations/attach-role-policy.ts")).attachRolePolicy,
  AttachUserPolicy: async () => (await import("./operations/attach-user-policy.ts")).attachUserPolicy,
  ChangePassword: async () => (await import("./operations/change-password.ts")).changePassword,
  CreateAccessKey: async () => (await import("./operations/create-access-key.ts")).createAccessKey,
  CreateAccountAlias: async () => (await import("./operations/create-account-alias.ts")).createAccountAlias,
  CreateGroup: async () => (await import("./operations/create-group.ts")).createGroup,
  CreateInstanceProfile: async () => (await import("./operations/create-instance-profile.ts")).createInstanceProfile,
  CreateLoginProfile: async () => (await import("./operations/create-login-profile.ts")).createLoginProfile,
  CreateOpenIDConnectProvider: async () =>
    (await import("./operations/create-open-id-connect-provider.ts")).createOpenIdConnectProvider,
  CreatePolicy: async () => (await import("./operations/create-policy.ts")).createPolicy,
  CreatePolicyVersion: async () => (await import("./operations/create-policy-version.ts")).createPolicyVersion,
  CreateRole: async () => (await import("./operations/create-role.ts")).createRole,
  CreateSAMLProvider: async () => (await import("./operations/create-saml-provider.ts")).createSamlProvider,
  CreateServiceLinkedRole: async () =>
    (await import("./operations/create-service-linked-role.ts")).createServiceLinkedRole,
  CreateServiceSpecificCredential: async () =>
    (await import("./operations/create-service-specific-credential.ts")).createServiceSpecificCredential,
  CreateUser: async () => (await import("./operations/create-user.ts")).createUser,
  CreateVirtualMFADevice: async () =>
    (await import("./operations/create-virtual-mfa-device.ts")).createVirtualMfaDevice,
  DeactivateMFADevice: async () => (await import("./operations/deactivate-mfa-device.ts")).deactivateMfaDevice,
  DeleteAccessKey: async () => (await import("./operations/delete-access-key.ts")).deleteAccessKey,
  DeleteAccountAlias: async () => (await import("./operations/delete-account-alias.ts")).deleteAccountAlias,
  DeleteAccountPasswordPolicy: async () =>
    (await import("./operations/delete-account-password-policy.ts")).deleteAccountPasswordPolicy,
  DeleteGroup: async () => (await import("./operations/delete-group.ts")).deleteGroup,
  DeleteGroupPolicy: async () => (await import("./operations/delete-group-policy.ts")).deleteGroupPolicy,
  DeleteInstanceProfile: async () => (await import("./operations/delete-instance-profile.ts")).deleteInstanceProfile,
  DeleteLoginProfile: async () => (await import("./operations/delete-login-profile.ts")).deleteLoginProfile,
  DeleteOpenIDConnectProvider: async () =>
    (await import("./operations/delete-open-id-connect-provider.ts")).deleteOpenIdConnectProvider,
  DeletePolicy: async () => (await import("./operations/delete-policy.ts")).deletePolicy,
  DeletePolicyVersion: async () => (await import("./operations/delete-policy-version.ts")).deletePolicyVersion,
  DeleteRole: async () => (await import("./operations/delete-role.ts")).deleteRole,
  DeleteRolePermissionsBoundary: async () =>
    (await import("./operations/delete-role-permissions-boundary.ts")).deleteRolePermissionsBoundary,
  DeleteRolePolicy: async () => (await import("./operations/delete-role-policy.ts")).deleteRolePolicy,
  DeleteSAMLProvider: async () => (await import("./operations/delete-saml-provider.ts")).deleteSamlProvider,
  DeleteSSHPublicKey: async () => (await import("./operations/delete-ssh-public-key.ts")).deleteSshPublicKey,
  DeleteServerCertificate: async () =>
    (await import("./operations/delete-server-certificate.ts")).deleteServerCertificate,
  DeleteServiceLinkedRole: async () =>
    (await import("./operations/delete-service-linked-role.ts")).deleteServiceLinkedRole,
  DeleteServiceSpecificCredential: async () =>
    (await import("./operations/delete-service-specific-credential.ts")).deleteServiceSpecificCredential,
  DeleteSigningCertificate: async () =>
    (await import("./operations/delete-signing-certificate.ts")).deleteSigningCertificate,
  DeleteUser: async () => (await import("./operations/delete-user.ts")).deleteUser,
  DeleteUserPermissionsBoundary: async () =>
    (await import("./operations/delete-user-permissions-boundary.ts")).deleteUserPermissionsBoundary,
  DeleteUserPolicy: async () => (await import("./operations/delete-user-policy.ts")).deleteUserPolicy,
  DeleteVirtualMFADevice: async () =>
    (await import("./operations/delete-virtual-mfa-device.ts")).deleteVirtualMfaDevice,
  DetachGroupPolicy: async () => (await import("./operations/detach-group-policy.ts")).detachGroupPolicy,
  DetachRolePolicy: async () => (await import("./operations/detach-role-policy.ts")).detachRolePolicy,
  DetachUserPolicy: async () => (await import("./operations/detach-user-policy.ts")).detachUserPolicy,
  DisableOutboundWebIdentityFederation: async () =>
    (await import("./operations/disable-outbound-web-identity-federation.ts")).disableOutboundWebIdentityFederation,
  EnableOutboundWebIdentityFederation: async () =>
    (await import("./operations/enable-outbound-web-identity-federation.ts")).enableOutboundWebIdentityFederation,
  EnableMFADevice: async () => (await import("./operations/enable-mfa-device.ts")).enableMfaDevice,
  GenerateCredentialReport: async () =>
    (await import("./operations/generate-credential-report.ts")).generateCredentialReport,
  GenerateServiceLastAccessedDetails: async () =>
    (await import("./operations/generate-service-last-accessed-details.ts")).generateServiceLastAccessedDetails,
  GetAccessKeyLastUsed: async () => (await import("./operations/get-access-key-last-used.ts")).getAccessKeyLastUsed,
  GetAccountAuthorizationDetails: async () =>
    (await import("./operations/get-account-authorization-details.ts")).getAccountAuthorizationDetails,
  GetAccountPasswordPolicy: async () =>
    (await import("./operations/get-account-password-policy.ts")).getAccountPasswordPolicy,
  GetAccountSummary: async () => (await import("./operations/get-account-summary.ts")).getAccountSummary,
  GetContextKeysForCustomPolicy: async () =>
    (await import("./operations/get-context-keys-for-custom-policy.ts")).getContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy: async () =>
    (await import("./operations/get-context-keys-for-principal-policy.ts")).getContextKeysForPrincipalPolicy,
  GetCredentialReport: async () => (await import("./operations/get-credential-report.ts")).getCredentialReport,
  GetGroup: async () => (await import("./operations/get-group.ts")).getGroup,
  GetGroupPolicy: async () => (await import("./operations/get-group-policy.ts")).getGroupPolicy,
  GetInstanceProfile: async () => (await import("./operations/get-instance-profile.ts")).getInstanceProfile,
  GetLoginProfile: async () => (await import("./operations/get-login-profile.ts")).getLoginProfile,
  GetMFADevice: async () => (await import("./operations/get-mfa-device.ts")).getMfaDevice,
  GetOpenIDConnectProvider: async () =>
    (await import("./operations/get-open-id-connect-provider.ts")).getOpenIdConnectProvider,
  GetOutboundWebIdentityFederationInfo: async () =>
    (await import("./operations/get-outbound-web-identity-federation-info.ts")).getOutboundWebIdentityFederationInfo,
  GetPolicy: async () => (await import("./operations/get-policy.ts")).getPolicy,
  GetPolicyVersion: async () => (await import("./operations/get-policy-version.ts")).getPolicyVersion,
  GetRole: async () => (await import("./operations/get-role.ts")).getRole,
  GetRolePolicy: async () => (await import("./operations/get-role-policy.ts")).getRolePolicy,
  GetSAMLProvider: async () => (await import("./operations/get-saml-provider.ts")).getSamlProvider,
  GetSSHPublicKey: async () => (await import("./operations/get-ssh-public-key.ts")).getSshPublicKey,
  GetServerCertificate: async () => (await import("./operations/get-server-certificate.ts")).getServerCertificate,
  GetServiceLastAccessedDetails: async () =>
    (await import("./operations/get-service-last-accessed-details.ts")).getServiceLastAccessedDetails,
  GetServiceLastAccessedDetailsWithEntities: async () =>
    (await import("./operations/get-service-last-accessed-details-with-entities.ts"))
      .getServiceLastAccessedDetailsWithEntities,
  GetServiceLinkedRoleDeletionStatus: async () =>
    (await import("./operations/get-service-linked-role-deletion-status.ts")).getServiceLinkedRoleDeletionStatus,
  GetUser: async () => (await import("./operations/get-user.ts")).getUser,
  GetUserPolicy: async () => (await import("./operations/get-user-policy.ts")).getUserPolicy,
  ListAccessKeys: async () => (await import("./operations/list-access-keys.ts")).listAccessKeys,
  ListAccountAliases: async () => (await import("./operations/list-account-aliases.ts")).listAccountAliases,
  ListAttachedGroupPolicies: async () =>
    (await import("./operations/list-attached-group-policies.ts")).listAttachedGroupPolicies,
  ListAttachedRolePolicies: async () =>
    (await import("./operations/list-attached-role-policies.ts")).listAttachedRolePolicies,
  ListAttachedUserPolicies: async () =>
    (await import("./operations/list-attached-user-policies.ts")).listAttachedUserPolicies,
  ListEntitiesForPolicy: async () => (await import("./operations/list-entities-for-policy.ts")).listEntitiesForPolicy,
  ListGroupPolicies: async () => (await import("./operations/list-group-policies.ts")).listGroupPolicies,
  ListGroups: async () => (await import("./operations/list-groups.ts")).listGroups,
  ListGroupsForUser: async () => (await import("./operations/list-groups-for-user.ts")).listGroupsForUser,
  ListInstanceProfileTags: async () =>
    (await import("./operations/list-instance-profile-tags.ts")).listInstanceProfileTags,
  ListInstanceProfiles: async () => (await import("./operations/list-instance-profiles.ts")).listInstanceProfiles,
  ListInstanceProfilesForRole: async () =>
    (await import("./operations/list-instance-profiles-for-role.ts")).listInstanceProfilesForRole,
  ListMFADeviceTags: async () => (await import("./operations/list-mfa-device-tags.ts")).listMfaDeviceTags,
  ListMFADevices: async () => (await import("./operations/list-mfa-devices.ts")).listMfaDevices,
  ListOpenIDConnectProviderTags: async () =>
    (await import("./operations/list-open-id-connect-provider-tags.ts")).listOpenIdConnectProviderTags,
  ListOpenIDConnectProviders: async () =>
    (await import("./operations/list-open-id-connect-providers.ts")).listOpenIdConnectProviders,
  ListPolicies: async () => (await import("./operations/list-policies.ts")).listPolicies,
  ListPoliciesGrantingServiceAccess: async () =>
    (await import("./operations/list-policies-granting-service-access.ts")).listPoliciesGrantingServiceAccess,
  ListPolicyTags: async () => (await import("./operations/list-policy-tags.ts")).listPolicyTags,
  ListPolicyVersions: async () => (await import("./operations/list-policy-versions.ts")).listPolicyVersions,
  ListRolePolicies: async () => (await import("./operations/list-role-policies.ts")).listRolePolicies,
  ListRoleTags: async () => (await import("./operations/list-role-tags.ts")).listRoleTags,
  ListRoles: async () => (await import("./operations/list-roles.ts")).listRoles,
  ListSAMLProviderTags: async () => (await import("./operations/list-saml-provider-tags.ts")).listSamlProviderTags,
  ListSAMLProviders: async () => (await import("./operations/list-saml-providers.ts")).listSamlProviders,
  ListSSHPublicKeys: async () => (await import("./operations/list-ssh-public-keys.ts")).listSshPublicKeys,
  ListServerCertificateTags: async () =>
    (await import("./operations/list-server-certificate-tags.ts")).listServerCertificateTags,
  ListServerCertificates: async () => (await import("./operations/list-server-certificates.ts")).listServerCertificates,
  ListServiceSpecificCredentials: async () =>
    (await import("./operations/list-service-specific-credentials.ts")).listServiceSpecificCredentials,
  ListSigningCertificates: async () =>
    (await import("./operations/list-signing-certificates.ts")).listSigningCertificates,
  ListUserPolicies: async () => (await import("./operations/list-user-policies.ts")).listUserPolicies,
  ListUserTags: async () => (await import("./operations/list-user-tags.ts")).listUserTags,
  ListUsers: async () => (await import("./operations/list-users.ts")).listUsers,
  ListVirtualMFADevices: async () => (await import("./operations/list-virtual-mfa-devices.ts")).listVirtualMfaDevices,
  PutGroupPolicy: async () => (await import("./operations/put-group-policy.ts")).putGroupPolicy,
  PutRolePermissionsBoundary: async () =>
    (await import("./operations/put-role-permissions-boundary.ts")).putRolePermissionsBoundary,
  PutRolePolicy: async () => (await import("./operations/put-role-policy.ts")).putRolePolicy,
  PutUserPermissionsBoundary: async () =>
    (await import("./operations/put-user-permissions-boundary.ts")).putUserPermissionsBoundary,
  PutUserPolicy: async () => (await import("./operations/put-user-policy.ts")).putUserPolicy,
  RemoveClientIDFromOpenIDConnectProvider: async () =>
    (await import("./operations/remove-client-id-from-open-id-connect-provider.ts"))
      .removeClientIdFromOpenIdConnectProvider,
  RemoveRoleFromInstanceProfile: async () =>
    (await import("./operations/remove-role-from-instance-profile.ts")).removeRoleFromInstanceProfile,
  RemoveUserFromGroup: async () => (await import("./operations/remove-user-from-group.ts")).removeUserFromGroup,
  ResetServiceSpecificCredential: async () =>
    (await import("./operations/reset-service-specific-credential.ts")).resetServiceSpecificCredential,
  ResyncMFADevice: async () => (await import("./operations/resync-mfa-device.ts")).resyncMfaDevice,
  SetDefaultPolicyVersion: async () =>
    (await import("./operations/set-default-policy-version.ts")).setDefaultPolicyVersion,
  SetSecurityTokenServicePreferences: async () =>
    (await import("./operations/set-security-token-service-preferences.ts")).setSecurityTokenServicePreferences,
  SimulateCustomPolicy: async () => (await import("./operations/simulate-custom-policy.ts")).simulateCustomPolicy,
  SimulatePrincipalPolicy: async () =>
    (await import("./operations/simulate-principal-policy.ts")).simulatePrincipalPolicy,
  TagInstanceProfile: async () => (await import("./operations/tag-instance-profile.ts")).tagInstanceProfile,
  TagMFADevice: async () => (await import("./operations/tag-mfa-device.ts")).tagMfaDevice,
  TagOpenIDConnectProvider: async () =>
    (await import("./operations/tag-open-id-connect-provider.ts")).tagOpenIdConnectProvider,
  TagPolicy: async () => (await import("./operations/tag-policy.ts")).tagPolicy,
  TagRole: async () => (await import("./operations/tag-role.ts")).tagRole,
  TagSAMLProvider: async () => (await import("./operations/tag-saml-provider.ts")).tagSamlProvider,
  TagServerCertificate: async () => (await import("./operations/tag-server-certificate.ts")).tagServerCertificate,
  TagUser: async () => (await import("./operations/tag-user.ts")).tagUser,
  UntagInstanceProfile: async () => (await import("./operations/untag-instance-profile.ts")).untagInstanceProfile,
  UntagMFADevice: async () => (await import("./operations/untag-mfa-device.ts")).untagMfaDevice,
  UntagOpenIDConnectProvider: async () =>
    (await import("./operations/untag-open-id-connect-provider.ts")).untagOpenIdConnectProvider,
  UntagPolicy: async () => (await import("./operations/untag-policy.ts")).untagPolicy,
  UntagRole: async () => (await import("./operations/untag-role.ts")).untagRole,
  UntagSAMLProvider: async () => (await import("./operations/untag-saml-provider.ts")).untagSamlProvider,
  UntagServerCertificate: async () => (await import("./operations/untag-server-certificate.ts")).untagServerCertificate,
  UntagUser: async () => (await import("./operations/untag-user.ts")).untagUser,
  UpdateAccessKey: async () => (await import("./operations/update-access-key.ts")).updateAccessKey,
  UpdateAccountPasswordPolicy: async () =>
    (await import("./operations/update-account-password-policy.ts")).updateAccountPasswordPolicy,
  UpdateAssumeRolePolicy: async () =>
    (await import("./operations/update-assume-role-policy.ts")).updateAssumeRolePolicy,
  UpdateGroup: async () => (await import("./operations/update-group.ts")).updateGroup,
  UpdateLoginProfile: async () => (await import("./operations/update-login-profile.ts")).updateLoginProfile,
  UpdateOpenIDConnectProviderThumbprint: async () =>
    (await import("./operations/update-open-id-connect-provider-thumbprint.ts")).updateOpenIdConnectProviderThumbprint,
  UpdateRole: async () => (await import("./operations/update-role.ts")).updateRole,
  UpdateRoleDescription: async () => (await import("./operations/update-role-description.ts")).updateRoleDescription,
  UpdateSAMLProvider: async () => (await import("./operations/update-saml-provider.ts")).updateSamlProvider,
  UpdateSSHPublicKey: async () => (await import("./operations/update-ssh-public-key.ts")).updateSshPublicKey,
  UpdateServerCertificate: async () =>
    (await import("./operations/update-server-certificate.ts")).updateServerCertificate,
  UpdateServiceSpecificCredential: async () =>
    (await import("./operations/update-service-specific-credential.ts")).updateServiceSpecificCredential,
  UpdateSigningCertificate: async () =>
    (await import("./operations/update-signing-certificate.ts")).updateSigningCertificate,
  UpdateUser: async () => (await import("./operations/update-user.ts")).updateUser,
  UploadSSHPublicKey: async () => (await import("./operations/upload-ssh-public-key.ts")).uploadSshPublicKey,
  UploadServerCertificate: async () =>
    (await import("./operations/upload-server-certificate.ts")).uploadServerCertificate,
  UploadSigningCertificate: async () =>
    (await import("./operations/upload-signing-certificate.ts")).uploadSigningCertificate,
};
