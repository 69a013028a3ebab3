import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { signRequest } from "../agent/calls/sign-call.ts";
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
  const { host } = new URL(endpoint);
  const session = typeof credentials === "function" ? await credentials() : credentials;
  const body = JSON.stringify(input);
  const headers = { "content-type": "application/json" };
  const request = { session, region, service, method: "POST", host, path, headers, body };
  const { host: _, ...sent } = signRequest(request, systemClock.now());
  const answer = await fetch(new URL(path, endpoint), { method: "POST", headers: sent, body, redirect: "error" });
  return { status: answer.status, body: await answer.text() };
}
