export interface SsmTables {
  /** Parameters, without their values. */
  ssm_parameters: {
    account: string;
    region: string;
    /** Begins with a slash, here and in the other tables, whether it was given with it or not. */
    name: string;
    /** The newest. */
    version: number;
    /** JSON list of key and value. */
    tags: string;
    /** From the Expiration policy; from then on the parameter counts as gone. */
    expires_at: number | null;
    /** When the next notification of its policies is due. */
    notice_at: number | null;
    /** UTF-8. */
    resource_policy: Uint8Array | null;
    /** Id of the resource policy. */
    policy_id: string | null;
  };
  /** The versions of parameters. */
  ssm_versions: {
    account: string;
    region: string;
    name: string;
    /** The name that the parameter was made with. */
    given_name: string;
    version: number;
    type: string;
    tier: string;
    data_type: string;
    /** UTF-8. */
    description: Uint8Array | null;
    /** UTF-8. */
    allowed_pattern: Uint8Array | null;
    /** As it was given; null unless a SecureString. */
    key_id: string | null;
    modified_at: number;
    modified_by: string;
    /** UTF-8 JSON list of the parameter policies' texts and statuses. */
    policies: Uint8Array | null;
    /** UTF-8; the KMS ciphertext of a SecureString. Last, so that the others are read without it. */
    value: Uint8Array;
  };
  /** Labels of versions. A label is at one version of its parameter at most. */
  ssm_labels: {
    account: string;
    region: string;
    name: string;
    label: string;
    version: number;
  };
  /** Service settings that differ from their defaults. */
  ssm_settings: {
    account: string;
    region: string;
    /** `/ssm/parameter-store/…` */
    setting_id: string;
    value: string;
    modified_at: number;
    /** ARN. */
    modified_by: string;
  };
  /** Activations, with which machines outside of AWS register. */
  ssm_activations: {
    account: string;
    region: string;
    activation_id: string;
    /** SHA-256 of the activation code, which is shown once. */
    code_hash: Uint8Array;
    /** UTF-8. */
    description: Uint8Array | null;
    /** UTF-8. */
    default_instance_name: Uint8Array | null;
    /** Name, with its path in front. */
    role: string;
    registration_limit: number;
    expires_at: number;
    created_at: number;
    /** JSON list of key and value. */
    tags: string;
  };
}
