/** What is not text in the answers of IAM and STS. XML does not say it, and a member's name says it: none has two kinds. */
export type XmlKind = "list" | "map" | "time" | "number" | "boolean";

const names: Readonly<Record<XmlKind, string>> = {
  list: `
    AccessDetails AccessKeyMetadata AccountAliases AttachedManagedPolicies AttachedPolicies Certificates
    ClientIDList ContextKeyNames DelegationRequests EnabledFeatures EntityDetailsList EvaluationResults
    GroupDetailList GroupList GroupPolicyList Groups InlinePolicyTemplates InstanceProfileList InstanceProfiles
    MFADevices ManagedPolicyArns MatchedStatements MissingContextValues OpenIDConnectProviderList Parameters
    ParametersDefinition Policies PoliciesGrantingServiceAccess PolicyGroups PolicyNames PolicyRoles PolicyUsers
    PolicyVersionList PrivateKeyList ResourceSpecificResults Resources RoleDetailList RolePermissionRestrictionArns
    RolePolicyList RoleTagsTemplate RoleUsageList Roles SAMLProviderList SSHPublicKeys ServerCertificateMetadataList
    ServiceSpecificCredentials ServicesLastAccessed Tags ThumbprintList TrackedActionsLastAccessed UserDetailList
    UserPolicyList Users Values Versions VirtualMFADevices`,
  map: `
    Certifications EvalDecisionDetails IdentityProvider Properties SummaryMap`,
  time: `
    CreateDate CreateTimestamp EnableDate Expiration ExpirationDate ExpirationTime GeneratedTime JobCompletionDate
    JobCreationDate LastAccessedTime LastAuthenticated LastAuthenticatedTime LastUsedDate PasswordLastUsed Timestamp
    UpdateDate UpdateTimestamp UpdatedTime UploadDate ValidUntil`,
  number: `
    AttachmentCount Column DefaultMinorVersion Line MajorVersion MaxPasswordAge MaxSessionDuration
    MinimumPasswordLength MinorVersion NumberOfServicesAccessible NumberOfServicesNotAccessed PackedPolicySize
    PasswordReusePrevention PermissionsBoundaryUsageCount ScopedPoliciesCount SessionDuration SessionTokenSize
    SessionTokenUtilization TemplateMinorVersion TotalAuthenticatedEntities`,
  boolean: `
    AllowUsersToChangePassword AllowedByOrganizations AllowedByPermissionsBoundary Enabled ExpirePasswords
    HardExpiry Immutable IsAttachable IsDefaultVersion IsRequired IsTruncated JwtVendingEnabled OnlySendByOwner
    PasswordResetRequired RequireLowercaseCharacters RequireNumbers RequireSymbols RequireUppercaseCharacters
    VersionEnabled isTruncated`,
};

export const xmlKinds: Readonly<Record<string, XmlKind>> = Object.fromEntries(
  (Object.keys(names) as XmlKind[]).flatMap((kind) =>
    names[kind]
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind]),
  ),
);
