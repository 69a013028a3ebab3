import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "../agent/link/sha256.ts";
import { systemClock } from "../clock.ts";
import type { Installation } from "./installation.ts";

/** Posts JSON to a path that is Sealift's own, signed as the installation's root user. */
export async function signedPost(
  { endpoint, region, credentials }: Installation,
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
