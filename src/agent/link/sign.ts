import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../../clock.ts";
import { signRequest } from "../calls/sign-call.ts";

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
  const { host, pathname: path, searchParams: query } = url;
  const request = { session: await credentials(), region, service: "ecs", method: "GET", host, path, query, body };
  return signRequest(request, clock.now());
}
