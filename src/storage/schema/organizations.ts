export interface OrganizationsTables {
  /** The accounts beside the installation's first. */
  accounts: {
    /** 12 digits. */
    id: string;
    name: string;
    email: string;
    /** The address in lower case: no two accounts have the same. */
    email_key: string;
    /** JSON object. */
    tags: string;
    created_at: number;
    /** Null, with the secret, until the root user has an access key. */
    root_key_id: string | null;
    /** Sealed by the keyring. */
    root_secret: Uint8Array | null;
  };
  /** The outcome of each CreateAccount. */
  account_requests: {
    /** `car-…` */
    id: string;
    account_name: string;
    /** Null where no account was made. */
    account_id: string | null;
    failure: string | null;
    created_at: number;
  };
}
