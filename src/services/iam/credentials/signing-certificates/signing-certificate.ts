/** A certificate with which a user would sign requests. No service here takes it. */
export interface SigningCertificate {
  readonly id: string;
  /** In PEM, as it was uploaded. */
  readonly body: string;
  readonly active: boolean;
  readonly createdAt: Date;
}

/** Most certificates of one user: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const mostSigningCertificates = 2;
