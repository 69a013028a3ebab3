/** A user's password. */
export interface LoginProfile {
  /** The hash of the password, then the hashes of the passwords before it. */
  readonly hashes: readonly string[];
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly resetRequired: boolean;
}
