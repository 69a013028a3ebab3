import type { WireRequest, WireResponse } from "../../wire/protocol.ts";
import { rootAccessKeysPath } from "../root-key/root-access-keys.ts";
import { isLocalProgram } from "./local-program.ts";

/**
 * Answers what is not an API request: `GET /health`, `POST /_sealift/reset` where there is a `reset`, and what is asked of
 * `rootAccessKeys`. `undefined` for everything else. The answer never rejects.
 */
export function routes(
  reset: (() => Promise<void>) | undefined,
  rootAccessKeys?: (request: WireRequest) => Promise<WireResponse>,
) {
  return (request: WireRequest): Promise<WireResponse> | undefined => {
    const { method, path } = request;
    if (path === "/health" && (method === "GET" || method === "HEAD")) return answer(200, { status: "running" });
    if (path === "/_sealift/reset" && method === "POST" && reset) {
      if (!isLocalProgram(request)) return answer(403, { status: "refused: a web page may not reset" });
      return reset().then(
        () => answer(200, { status: "reset" }),
        (error: Error) => answer(500, { status: "failed", message: error.message }),
      );
    }
    if (path === rootAccessKeysPath && method === "POST" && rootAccessKeys) return rootAccessKeys(request);
    return path.startsWith("/_sealift/") ? answer(404, { status: "not found" }) : undefined;
  };
}

async function answer(status: number, body: object): Promise<WireResponse> {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
