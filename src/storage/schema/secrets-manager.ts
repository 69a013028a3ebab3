export interface SecretsManagerTables {
  /** Secrets, without their values. */
  sm_secrets: {
    arn: string;
    account: string;
    region: string;
    name: string;
    /** UTF-8. */
    description: Uint8Array | null;
    /** As it was given; null for `aws/secretsmanager`. */
    kms_key_id: string | null;
    /** JSON list of key and value; null where the secret never had a tag. */
    tags: string | null;
    resource_policy: string | null;
    /** JSON list of staging label and version. */
    stages: string;
    /** The version that is AWSCURRENT, so that it is found together with the secret. */
    current_version_id: string | null;
    created_at: number;
    changed_at: number;
    /** Start of the day of the last read; 0 for never. */
    accessed_on: number;
    /** End of the recovery window; null unless the secret is marked for deletion. */
    deletes_at: number | null;
    /** A replica's primary region; null for other secrets. */
    primary_region: string | null;
    /** JSON list of region, KMS key and failure; null where the secret is in no other region. */
    replicas: string | null;
  };
  /** The versions of secrets. */
  sm_versions: {
    arn: string;
    version_id: string;
    kind: "string" | "binary";
    /** The KMS ciphertext. */
    value: Uint8Array;
    /** Null for `aws/secretsmanager`. */
    key_arn: string | null;
    created_at: number;
    accessed_on: number;
  };
  /** Versions as they were before the secret got another KMS key. */
  sm_previous_values: {
    arn: string;
    version_id: string;
    key_arn: string | null;
    value: Uint8Array;
    replaced_at: number;
  };
  /** How secrets are rotated. A secret that was never rotated has no row. */
  sm_rotations: {
    arn: string;
    enabled: number;
    function_arn: string;
    /** JSON; null where it is rotated on demand only. */
    rules: string | null;
    last_rotated_at: number | null;
    /** Start of the window in which it is rotated next. */
    rotates_at: number | null;
    /**
     * The version that is to become AWSCURRENT. This column and those that follow are about the rotation under way and
     * null where there is none.
     */
    token: string | null;
    kind: "rotation" | "test" | null;
    step: string | null;
    attempts: number | null;
    /** Whether the audit trail has the event of its start. */
    started: number | null;
    /** When the step is due; null where the rotation was given up. */
    due_at: number | null;
    /** Who does the step, and until when nobody else may. */
    lease: string | null;
    leased_until: number | null;
  };
}
