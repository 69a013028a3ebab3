export interface IamTables {
  /** Roles, users and groups: the entities that policies are attached to. */
  iam_entities: {
    /** `AROA…`, `AIDA…` or `AGPA…`. No id is given twice: a role made anew under a name is another role. */
    id: string;
    account: string;
    kind: "role" | "user" | "group";
    name: string;
    /** The name in lower case: names must differ in more than case. */
    name_key: string;
    path: string;
    boundary_arn: string | null;
    /** JSON object. */
    tags: string;
    created_at: number;
    /** For roles only, like the two that follow. */
    trust_policy: string | null;
    description: string | null;
    /** Seconds. */
    max_session_duration: number | null;
  };
  /** Inline policies of entities. */
  iam_inline_policies: { entity_id: string; name: string; document: string };
  /** Managed policies that are attached to entities. */
  iam_attachments: { entity_id: string; policy_arn: string };
  /** Customer managed policies; those of AWS are files. */
  iam_policies: {
    arn: string;
    id: string;
    account: string;
    name: string;
    name_key: string;
    path: string;
    description: string | null;
    tags: string;
    default_version: number;
    /** Greatest version ever given; numbers are not used again. */
    latest_version: number;
    created_at: number;
    updated_at: number;
  };
  /** Versions of customer managed policies. */
  iam_policy_versions: { policy_arn: string; version: number; document: string; created_at: number };
  /** Access keys of users. */
  iam_access_keys: {
    id: string;
    user_id: string;
    /** Sealed by the keyring. */
    secret: Uint8Array;
    active: number;
    created_at: number;
  };
  /** The users in groups. */
  iam_group_members: { group_id: string; user_id: string };
  /** Instance profiles. */
  iam_instance_profiles: {
    /** `AIPA…`. */
    id: string;
    account: string;
    name: string;
    /** The name in lower case: names must differ in more than case. */
    name_key: string;
    path: string;
    /** JSON object. */
    tags: string;
    created_at: number;
    /** It has one role at most. */
    role_id: string | null;
  };
  /** OpenID Connect identity providers. */
  iam_oidc_providers: {
    account: string;
    /** Without its scheme, as in the provider's ARN. */
    url: string;
    /** JSON arrays. */
    client_ids: string;
    thumbprints: string;
    tags: string;
    created_at: number;
  };
  /** SAML identity providers. */
  iam_saml_providers: {
    account: string;
    name: string;
    uuid: string;
    metadata: Uint8Array;
    /** As the metadata says it, like the next one: it may be large, and assertions come from strangers. */
    entity_id: string;
    /** JSON array of certificates, DER in base64. */
    certificates: string;
    encryption_mode: string | null;
    tags: string;
    created_at: number;
    valid_until: number;
  };
  /** Private keys of SAML providers, for which their assertions are encrypted. */
  iam_saml_keys: {
    id: string;
    provider_uuid: string;
    /** PKCS #8 in DER, sealed by the keyring. */
    private_key: Uint8Array;
    created_at: number;
  };
  /** Passwords of users. */
  iam_login_profiles: {
    user_id: string;
    /** JSON array of password hashes: first the password's, then those of the passwords before it. */
    hashes: string;
    created_at: number;
    changed_at: number;
    reset_required: number;
  };
  /** Virtual MFA devices. */
  iam_mfa_devices: {
    /** The device's ARN. */
    serial_number: string;
    account: string;
    path: string;
    name: string;
    /** The seed of its codes, sealed by the keyring. */
    seed: Uint8Array;
    /** JSON object. */
    tags: string;
    created_at: number;
    /** The user who has it; null while nobody does. */
    user_id: string | null;
    enabled_at: number | null;
    /** Steps of 30 seconds by which the device's clock is ahead of the server's. */
    drift: number;
    /** The step of the last code that was used, by the device's clock. No code of it or of an earlier one is taken. */
    last_step: number;
    /** The step in which a code was last looked at, by the server's clock, and how many were in it. */
    attempt_step: number;
    attempts: number;
  };
  /** SSH public keys of users. */
  iam_ssh_public_keys: {
    /** `APKA…`. */
    id: string;
    user_id: string;
    /** `ssh-rsa …`, without a comment. */
    body: string;
    active: number;
    created_at: number;
  };
  /** Signing certificates of users. */
  iam_signing_certificates: {
    id: string;
    account: string;
    user_id: string;
    /** In PEM, as it was uploaded. */
    body: string;
    /** SHA-256 of the certificate, in hexadecimal. */
    fingerprint: string;
    active: number;
    created_at: number;
  };
  /** Server certificates. Their private keys are not kept. */
  iam_server_certificates: {
    /** `ASCA…`. */
    id: string;
    account: string;
    name: string;
    /** The name in lower case: names must differ in more than case. */
    name_key: string;
    path: string;
    /** In PEM. */
    body: string;
    chain: string | null;
    /** JSON object. */
    tags: string;
    created_at: number;
    expires_at: number;
  };
  /** Service-specific credentials of users. Their passwords are not kept. */
  iam_service_credentials: {
    /** `ACCA…`. */
    id: string;
    user_id: string;
    /** `codecommit.amazonaws.com`. */
    service: string;
    /** The user name, or the alias, with which the service knows the user. */
    service_user_name: string;
    active: number;
    created_at: number;
    expires_at: number | null;
  };
  /** Settings of accounts. A row is made with the first setting. */
  iam_accounts: {
    account: string;
    alias: string | null;
    /** JSON object. */
    password_policy: string | null;
    credential_report: Uint8Array | null;
    credential_report_at: number | null;
    /** Version of the session tokens that the global endpoint gives, 1 or 2; null for 1. */
    token_version: number | null;
  };
  /** Accounts that issue, or issued, identity tokens for programs outside of AWS. */
  iam_token_issuers: {
    account: string;
    /** A UUID, in the issuer's URL. */
    id: string;
    /** The beginning of that URL, unless the operator gave one. */
    address: string;
    enabled: number;
  };
  /** The key pairs that sign those tokens. */
  iam_token_keys: {
    /** A UUID. */
    id: string;
    account: string;
    algorithm: string;
    /** A JSON Web Key. */
    public_key: string;
    /** PKCS #8, sealed by the keyring. */
    private_key: Uint8Array;
    /** It signs from then on, until another one does. */
    signs_from: number;
  };
  /** When access keys and roles were last used. */
  iam_uses: { id: string; used_at: number; service: string; region: string };
  /** Deletions of service-linked roles, all done. */
  iam_deletion_tasks: { id: string; account: string; created_at: number };
  /** Reports of when services were last accessed. */
  iam_last_accessed_jobs: {
    /** A UUID. */
    id: string;
    account: string;
    /** Id of the user or role that asked for it, or the account's for its root user. */
    requester: string;
    granularity: string;
    created_at: number;
    /** JSON object: which services and entities it is about. */
    subject: string;
    completed_at: number | null;
    /** JSON array of calls, once it is complete. */
    calls: string | null;
  };
}
