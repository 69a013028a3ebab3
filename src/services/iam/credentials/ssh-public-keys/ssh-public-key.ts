/** A key with which a user would sign in to a Git repository. No service here does. */
export interface SshPublicKey {
  /** `APKA…`. */
  readonly id: string;
  /** `ssh-rsa …`, without a comment. */
  readonly body: string;
  readonly active: boolean;
  readonly createdAt: Date;
}

/** Most keys of one user: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const mostSshPublicKeys = 5;
