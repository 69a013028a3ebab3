import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

export interface PrivateRegistry extends AsyncDisposable {
  /** The name of the image that it has. */
  readonly image: string;
  /** The `Authorization` headers that it was shown. */
  readonly shown: ReadonlySet<string>;
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

const schema = "application/vnd.docker";

/**
 * A container registry that answers who shows the user name and the password, with one image, `private/app:1`. The Engine trusts one
 * on a loopback address without TLS. `layer` is the image's file system as a tar archive.
 */
export async function openPrivateRegistry(
  { username, password }: Credentials,
  layer: Buffer,
  config: object,
): Promise<PrivateRegistry> {
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const blobs = new Map<string, { readonly type: string; readonly data: Buffer }>();
  const add = (type: string, data: Buffer) => {
    const digest = digestOf(data);
    blobs.set(digest, { type, data });
    return { mediaType: type, size: data.length, digest };
  };
  const rootfs = { type: "layers", diff_ids: [digestOf(layer)] };
  const architecture = process.arch === "arm64" ? "arm64" : "amd64";
  const image = Buffer.from(JSON.stringify({ architecture, os: "linux", config, rootfs, history: [{}] }));
  const manifestType = `${schema}.distribution.manifest.v2+json`;
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: add(`${schema}.container.image.v1+json`, image),
      layers: [add(`${schema}.image.rootfs.diff.tar.gzip`, gzipSync(layer))],
    }),
  );
  const { digest } = add(manifestType, manifest);
  const shown = new Set<string>();

  const server = createServer((request, response) => {
    response.setHeader("docker-distribution-api-version", "registry/2.0");
    const { authorization } = request.headers;
    if (authorization !== undefined) shown.add(authorization);
    if (authorization !== basic) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="private"', "content-type": "application/json" });
      return void response.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
    }
    if (request.url === "/v2/") return void response.end("{}");
    const reference = request.url?.split("/").at(-1) ?? "";
    const blob = blobs.get(reference === "1" ? digest : reference);
    if (!blob) return void response.writeHead(404).end("{}");
    response.writeHead(200, {
      "content-type": blob.type,
      "content-length": blob.data.length,
      "docker-content-digest": digestOf(blob.data),
    });
    response.end(request.method === "HEAD" ? undefined : blob.data);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    image: `127.0.0.1:${(server.address() as AddressInfo).port}/private/app:1`,
    shown,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function digestOf(data: Buffer): string {
  return `sha256:${createHash("sha256").update(data).digest("hex")}`;
}
