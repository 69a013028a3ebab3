import type { Registry } from "../context.ts";
import { bytesOf, failure } from "../images/registry.ts";
import type { Repository } from "../repositories/repository.ts";

/** Begins a layer and resolves to the path at which the registry takes its bytes. */
export async function beginLayer(registry: Registry, { id }: Pick<Repository, "id">): Promise<string> {
  const headers = { "content-length": "0" };
  const answer = await registry.send({ method: "POST", path: `/v2/${id}/blobs/uploads/`, headers });
  await bytesOf(answer);
  const { location } = answer.headers;
  if (answer.status !== 202 || location === undefined) throw failure("begin a layer", answer);
  return location;
}

/**
 * Adds bytes and resolves to the path at which the registry takes what follows; to `undefined` if it does not have what came before
 * them, as when it was ended while it wrote.
 */
export async function addToLayer(registry: Registry, location: string, bytes: Uint8Array): Promise<string | undefined> {
  const headers = { "content-type": "application/octet-stream", "content-length": String(bytes.length) };
  const answer = await registry.send({ method: "PATCH", path: location, headers, body: bytes });
  await bytesOf(answer);
  if (answer.status === 404 || answer.status === 416) return undefined;
  if (answer.status !== 202 || answer.headers.location === undefined) throw failure("add to a layer", answer);
  return answer.headers.location;
}

/** Keeps what came as a layer. */
export async function endLayer(
  registry: Registry,
  location: string,
  digest: string,
): Promise<"kept" | "other digest" | "not found"> {
  const path = `${location}&digest=${encodeURIComponent(digest)}`;
  const answer = await registry.send({ method: "PUT", path, headers: { "content-length": "0" } });
  const text = String(await bytesOf(answer));
  if (answer.status === 201) return "kept";
  if (answer.status === 404) return "not found";
  if (/DIGEST_INVALID/.test(text)) return "other digest";
  throw failure("keep a layer", answer);
}

/** Frees the bytes of a layer that will not be completed. */
export async function dropLayer(registry: Registry, location: string): Promise<void> {
  const answer = await registry.send({ method: "DELETE", path: location });
  await bytesOf(answer);
  if (answer.status !== 204 && answer.status !== 404) throw failure("drop a layer", answer);
}
