export interface KmsTables {
  /** Keys, one row for each region that a multi-Region key is in. */
  kms_keys: {
    region: string;
    /** A UUID, or `mrk-` and 32 hexadecimal digits: the same in every region that a multi-Region key is in. */
    key_id: string;
    account: string;
    manager: "AWS" | "CUSTOMER";
    state: "Enabled" | "Disabled" | "PendingDeletion" | "PendingImport" | "PendingReplicaDeletion";
    /** `SYMMETRIC_DEFAULT`, `RSA_2048`, … */
    spec: string;
    /** `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, `GENERATE_VERIFY_MAC` or `KEY_AGREEMENT`. */
    key_usage: string;
    origin: "AWS_KMS" | "EXTERNAL";
    /** Where the primary of a multi-Region key is; null for all other keys. */
    primary_region: string | null;
    /** UTF-8. */
    description: Uint8Array;
    policy: string;
    /** JSON: `[[key, value], …]`. */
    tags: string;
    /** The material that new ciphertexts are made with; 0 where none was imported yet. */
    material_version: number;
    /** That material's id; null where there is none. */
    material_id: string | null;
    /** When the first of the key's imported materials expires; null where none does. */
    valid_to: number | null;
    /** Sealed by the keyring, for imported materials only: the secret that their ids are made with. */
    material_secret: Uint8Array | null;
    /** Days between automatic rotations; null where there are none. */
    rotation_period: number | null;
    /** When the key is next rotated; null where it is not. The same in all regions of a multi-Region key. */
    rotates_at: number | null;
    created_at: number;
    /** From then on the key counts as gone; null unless `PendingDeletion`. */
    deletion_at: number | null;
    /** Days to wait once its replicas are gone; null unless `PendingReplicaDeletion`. */
    deletion_window: number | null;
  };
  /** The key materials of keys, each with a version. */
  kms_key_materials: {
    region: string;
    key_id: string;
    /** From 1; larger than the key's `material_version` where it was imported and waits for a rotation. */
    version: number;
    /** 64 hexadecimal digits; the same in all regions. */
    material_id: string;
    /** Sealed by the keyring: the secret's bytes, or a private key in PKCS #8. Null where imported material is gone. */
    sealed: Uint8Array | null;
    /** The description that came with the import. */
    description: string | null;
    /** From then on it counts as gone; null where it does not expire. */
    valid_to: number | null;
    /** When it took the place of the one before; null for the first, and until then. */
    rotated_at: number | null;
    rotation_type: "AUTOMATIC" | "ON_DEMAND" | null;
    created_at: number;
  };
  /** Aliases of keys. */
  kms_aliases: {
    account: string;
    region: string;
    /** With `alias/`. */
    name: string;
    key_id: string;
    created_at: number;
    updated_at: number;
  };
  /** Grants on keys. */
  kms_grants: {
    region: string;
    key_id: string;
    grant_id: string;
    /** The account of the principal that made it; not always the key's. */
    issuing_account: string;
    name: string | null;
    /** ARNs. */
    grantee: string;
    retiring: string | null;
    /** JSON: `[operation, …]`, sorted. */
    operations: string;
    /** JSON: `{kind, context: [[key, value], …]}`, sorted; null where there is none. */
    constraint: string | null;
    created_at: number;
  };
  /** The last cryptographic operation of each key that succeeded. */
  kms_key_usages: {
    region: string;
    key_id: string;
    /** Null where tracking began when the key was made. */
    tracked_since: number | null;
    /** Null, with the columns that follow, where the key was not used since. */
    operation: string | null;
    used_at: number | null;
    request_id: string | null;
    event_id: string | null;
  };
}
