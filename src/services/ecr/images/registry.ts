import type { Ecr, Registry, RegistryAnswer } from "../context.ts";
import { noRegistry } from "../errors.ts";
import type { Repository } from "../repositories/repository.ts";

type Place = Pick<Repository, "id">;

/** The registry. Throws where this server runs none. */
export function registryOf({ registry }: Pick<Ecr, "registry">): Registry {
  if (!registry) throw noRegistry();
  return registry;
}

/** A manifest's bytes; `undefined` if the registry does not have it. */
export async function getManifest(registry: Registry, { id }: Place, digest: string, mediaType: string) {
  const answer = await registry.send({
    method: "GET",
    path: `/v2/${id}/manifests/${digest}`,
    headers: { accept: mediaType },
  });
  const bytes = await bytesOf(answer);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw failure("get a manifest", answer);
  return bytes;
}

/** Keeps a manifest; tells what it needs that the registry does not have, if there is such. */
export async function putManifest(
  registry: Registry,
  { id }: Place,
  digest: string,
  mediaType: string,
  bytes: Uint8Array,
): Promise<"kept" | "lacks layers" | "invalid"> {
  const answer = await registry.send({
    method: "PUT",
    path: `/v2/${id}/manifests/${digest}`,
    headers: { "content-type": mediaType, "content-length": String(bytes.length) },
    body: bytes,
  });
  const text = String(await bytesOf(answer));
  if (answer.status === 201) return "kept";
  if (/BLOB_UNKNOWN/.test(text)) return "lacks layers";
  if (answer.status >= 400 && answer.status < 500) return "invalid";
  throw failure("keep a manifest", answer);
}

/** Its layers are freed when the registry starts the next time. */
export async function deleteManifest(registry: Registry, { id }: Place, digest: string): Promise<void> {
  const answer = await registry.send({ method: "DELETE", path: `/v2/${id}/manifests/${digest}` });
  await bytesOf(answer);
  if (answer.status !== 202 && answer.status !== 404) throw failure("delete a manifest", answer);
}

/** The bytes of a layer; `undefined` if the repository does not have it. */
export async function layerSize(registry: Registry, { id }: Place, digest: string): Promise<number | undefined> {
  const answer = await registry.send({ method: "HEAD", path: `/v2/${id}/blobs/${digest}` });
  await bytesOf(answer);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw failure("look for a layer", answer);
  return Number(answer.headers["content-length"]);
}

export async function bytesOf({ body }: RegistryAnswer): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

export function failure(what: string, { status }: RegistryAnswer): Error {
  return new Error(`Cannot ${what}: the registry answered ${status}`);
}
