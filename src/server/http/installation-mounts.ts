import type { WireRequest, WireResponse } from "../../wire/protocol.ts";
import { resetPath } from "../installation-paths.ts";
import { isLocalProgram } from "./local-program.ts";
import type { HttpRequest, HttpResponse, Mount } from "./mounts.ts";
import { wireRequest } from "./wire-request.ts";

export interface InstallationMountsOptions {
  /** Empties the installation for whoever asks on this machine; absent if that is not allowed. */
  readonly reset?: () => Promise<void>;
  /** Signed requests that are no API of AWS, by their paths. They never reject. */
  readonly signed: Readonly<Record<string, (request: WireRequest) => Promise<WireResponse>>>;
}

/** Bytes and milliseconds. These requests are short. */
const limits = { largestBody: 16 * 1024, patience: 10_000 };

/** The paths that are not an API of AWS: `/health`, and `/_sealift/` for the installation itself. */
export function installationMounts(options: InstallationMountsOptions): readonly Mount[] {
  return [
    { prefix: "/health", ...limits, handle: async (request) => health(request) },
    { prefix: "/_sealift/", ...limits, handle: (request) => installation(request, options) },
  ];
}

function health({ method, path }: HttpRequest): HttpResponse {
  const isHealth = path === "/health" && (method === "GET" || method === "HEAD");
  return isHealth ? answer(200, { status: "running" }) : answer(404, { status: "not found" });
}

async function installation(request: HttpRequest, { reset, signed }: InstallationMountsOptions): Promise<HttpResponse> {
  const { method, path } = request;
  if (method !== "POST") return answer(404, { status: "not found" });
  if (path === resetPath && reset) {
    if (!isLocalProgram(request)) return answer(403, { status: "refused: a web page may not reset" });
    return reset().then(
      () => answer(200, { status: "reset" }),
      (error: Error) => answer(500, { status: "failed", message: error.message }),
    );
  }
  const handle = Object.hasOwn(signed, path) ? signed[path] : undefined;
  if (handle) {
    const body = await request.body.read(limits.largestBody);
    if (typeof body === "string") return answer(413, { status: body });
    return handle(wireRequest(request, body));
  }
  return answer(404, { status: "not found" });
}

function answer(status: number, body: object): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
