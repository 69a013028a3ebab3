import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { Sha256 } from "../agent/link/sha256.ts";
import { systemClock } from "../clock.ts";

/** A Sealift, and the caller. */
export interface ReachedAt {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
}

/** Posts JSON to a path that is Sealift's own, signed as the caller. */
export async function signedPost(
  { endpoint, region, credentials }: ReachedAt,
  service: string,
  path: string,
  input: object,
): Promise<{ readonly status: number; readonly body: string }> {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const { protocol, hostname, host } = new URL(endpoint);
  const body = JSON.stringify(input);
  const headers = { host, "content-type": "application/json" };
  const request = { method: "POST", protocol, hostname, path, query: {}, headers, body };
  const signed = await signer.sign(request, { signingDate: systemClock.now() });
  const { host: _, ...sent } = signed.headers;
  const answer = await fetch(new URL(path, endpoint), { method: "POST", headers: sent, body, redirect: "error" });
  return { status: answer.status, body: await answer.text() };
}
