import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../../clock.ts";
import { Sha256 } from "./sha256.ts";

export interface SignOptions {
  readonly credentials: AwsCredentialIdentityProvider;
  readonly region: string;
  readonly clock: Clock;
}

/** A WebSocket's URL, with the headers of the request that opens it. */
export interface SignedUrl {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** The signed request that opens a WebSocket: `path` below `base`, an endpoint of the control plane. */
export async function signedUrl(
  options: SignOptions,
  base: string,
  query: Readonly<Record<string, string>>,
  path = "ws",
): Promise<SignedUrl> {
  const url = new URL(path, base.endsWith("/") ? base : `${base}/`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const headers = await signedHeaders(options, url);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return { url, headers };
}

/** The headers of a GET request of the URL with that body. */
export async function signedHeaders(
  { region, credentials, clock }: SignOptions,
  url: URL,
  body = "",
): Promise<Readonly<Record<string, string>>> {
  const { SignatureV4 } = await import("@smithy/signature-v4");
  const signer = new SignatureV4({ service: "ecs", region, credentials, sha256: Sha256 });
  const { protocol, hostname, pathname: path, searchParams } = url;
  const query = Object.fromEntries(searchParams);
  const request = { method: "GET", protocol, hostname, path, query, headers: { host: url.host }, body };
  return (await signer.sign(request, { signingDate: clock.now() })).headers;
}
