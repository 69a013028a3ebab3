import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface ObjectStore extends AsyncDisposable {
  readonly endpoint: string;
  /** The `Authorization` headers and session tokens that it was shown. */
  readonly shown: readonly { readonly authorization: string; readonly token: string }[];
  /** The paths that were asked for, as they came. */
  readonly paths: readonly string[];
}

export interface ObjectStoreOptions {
  /** By `/bucket/key`, encoded. */
  readonly objects: Readonly<Record<string, string | Buffer>>;
  /** The Region of every bucket; us-east-1 if not given. */
  readonly region?: string;
  /** The session whose signatures it takes; any if not given. */
  readonly credentials?: { readonly secretAccessKey: string; readonly sessionToken: string };
  /** Statuses with which the first requests are answered. */
  readonly failures?: readonly { readonly status: number; readonly code: string }[];
}

/** A store that speaks as much of S3's protocol as GetObject needs, and checks signatures as S3 does. */
export async function openObjectStore({
  objects,
  region = "us-east-1",
  credentials,
  failures = [],
}: ObjectStoreOptions): Promise<ObjectStore> {
  const shown: { authorization: string; token: string }[] = [];
  const paths: string[] = [];

  function answerTo(request: IncomingMessage): { status: number; body: string | Buffer; code?: string } {
    const { authorization = "" } = request.headers;
    const token = String(request.headers["x-amz-security-token"] ?? "");
    shown.push({ authorization, token });
    const path = request.url ?? "";
    paths.push(path);
    const failure = failures[paths.length - 1];
    const error = (status: number, code: string, message = code) => ({
      status,
      code,
      body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message><Resource>${path}</Resource></Error>`,
    });
    if (failure) return error(failure.status, failure.code, "Please &lt;reduce&gt; your request rate.");
    if (!authorization.includes(`/${region}/s3/aws4_request`)) return error(400, "AuthorizationHeaderMalformed");
    if (credentials) {
      if (token !== credentials.sessionToken) return error(403, "InvalidToken");
      if (!authorization.endsWith(signatureOf(request, credentials.secretAccessKey, region))) {
        return error(403, "SignatureDoesNotMatch");
      }
    }
    const object = objects[path];
    if (object === undefined) return error(404, "NoSuchKey", "The specified key does not exist.");
    return { status: 200, body: object };
  }

  const server = createServer((request, response) => {
    const { status, body } = answerTo(request);
    response.writeHead(status, {
      "x-amz-request-id": "request-1",
      "x-amz-id-2": "host-1",
      "x-amz-bucket-region": region,
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shown,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function signatureOf({ url = "", headers }: IncomingMessage, secret: string, region: string): string {
  const time = String(headers["x-amz-date"]);
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? "")?.[1] ?? "";
  const signed = names.split(";").map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
  const canonical = ["GET", url, "", signed.join(""), names, headers["x-amz-content-sha256"]].join("\n");
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const hash = createHash("sha256").update(canonical).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, ["AWS4-HMAC-SHA256", time, scope, hash].join("\n")).toString("hex");
}
