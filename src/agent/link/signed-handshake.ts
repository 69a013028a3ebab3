import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../../clock.ts";
import { Sha256 } from "./sha256.ts";

/** A request that opens a WebSocket. */
export interface SignedHandshake {
  readonly url: URL;
  readonly headers: Record<string, string>;
}

export interface SignerOptions {
  readonly credentials: AwsCredentialIdentityProvider;
  readonly region: string;
  readonly clock: Clock;
}

/** Signs the handshake of a WebSocket at an `http:` or `https:` URL as the container instance. */
export async function signedHandshake(
  { region, credentials, clock }: SignerOptions,
  endpoint: URL,
  query: Record<string, string>,
): Promise<SignedHandshake> {
  const { SignatureV4 } = await import("@smithy/signature-v4");
  const signer = new SignatureV4({ service: "ecs", region, credentials, sha256: Sha256 });
  const { protocol, hostname, pathname: path, host } = endpoint;
  const request = { method: "GET", protocol, hostname, path, query, headers: { host } };
  const { headers } = await signer.sign(request, { signingDate: clock.now() });
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  url.protocol = protocol === "https:" ? "wss:" : "ws:";
  return { url, headers };
}
