import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "./sha256.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignedPost {
  /** Of the page, and of the server. */
  readonly origin: URL;
  readonly path: string;
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: Date;
}

/** The headers of a request signed with Signature Version 4, without those that the browser sends by itself. */
export async function signedHeaders(post: SignedPost): Promise<Record<string, string>> {
  const { origin, path, service, region, credentials, headers, body, at } = post;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const { protocol, hostname, host } = origin;
  const signed = await signer.sign(
    { method: "POST", protocol, hostname, path, query: {}, headers: { ...headers, host }, body },
    { signingDate: at },
  );
  const { host: _, ...sent } = signed.headers;
  return sent;
}
