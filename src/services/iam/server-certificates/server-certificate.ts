import type { Tags } from "../tags.ts";

/** A certificate of a server, with what it was signed with. Its private key is not kept: no service here would use it. */
export interface ServerCertificate {
  /** `ASCA…`. */
  readonly id: string;
  readonly account: string;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  /** In PEM. */
  readonly body: string;
  readonly chain: string | undefined;
  readonly tags: Tags;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Most certificates of an account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const mostServerCertificates = 20;

/** `arn:aws:iam::111122223333:server-certificate/path/name`. */
export function serverCertificateArn(
  { partition, account }: { readonly partition: string; readonly account: string },
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${account}:server-certificate${path}${name}`;
}
