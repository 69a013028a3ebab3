import type { AwsCredentialIdentityProvider } from "@smithy/types";

/** The credentials of the usual AWS places. */
export async function credentialsOf(region: string): Promise<AwsCredentialIdentityProvider> {
  const { STS } = await import("@aws-sdk/client-sts");
  return new STS({ region }).config.credentials;
}
