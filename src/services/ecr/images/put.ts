import { ImageDigestDoesNotMatchException$ } from "@aws-sdk/client-ecr";
import { ApiError } from "../../../model/api-error.ts";
import type { Ecr } from "../context.ts";
import { invalidParameter, layersNotFound, outrun, tagIsImmutable } from "../errors.ts";
import { isImmutable, type Repository } from "../repositories/repository.ts";
import { readManifest } from "./manifest.ts";
import { putManifest, registryOf } from "./registry.ts";

interface Pushed {
  readonly manifest: Uint8Array;
  /** What its sender says that it is. */
  readonly mediaType: string | undefined;
  readonly imageDigest: string | undefined;
  readonly imageTag: string | undefined;
}

/** Keeps an image: first the manifest, then the record by which it is found. */
export async function putImage(
  context: Pick<Ecr, "registry" | "store">,
  repository: Repository,
  pushed: Pushed,
  now: Date,
) {
  const registry = registryOf(context);
  const { imageDigest, imageTag } = pushed;
  const manifest = readManifest(pushed.manifest, pushed.mediaType);
  if (!manifest)
    throw invalidParameter(`Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'`);
  const { digest, mediaType } = manifest;
  if (imageDigest !== undefined && imageDigest !== digest) {
    throw new ApiError(
      ImageDigestDoesNotMatchException$,
      `The image digest '${imageDigest}' does not match the digest '${digest}' of the image manifest`,
    );
  }
  const { store } = context;
  const holder = (await store.images.list(repository)).find(
    ({ tags }) => imageTag !== undefined && tags.includes(imageTag),
  );
  if (imageTag !== undefined && holder && holder.digest !== digest && isImmutable(repository, imageTag)) {
    throw tagIsImmutable(imageTag, repository);
  }
  const kept = await putManifest(registry, repository, digest, mediaType, pushed.manifest);
  if (kept === "lacks layers") throw layersNotFound();
  if (kept === "invalid")
    throw invalidParameter("Invalid parameter at 'ImageManifest': the registry does not accept it");
  const outcome = await store.images.put(repository, manifest, imageTag, now);
  if (outcome === "outrun") throw outrun(repository);
  if (outcome === "immutable tag") throw tagIsImmutable(imageTag ?? "", repository);
  return { digest, mediaType, isNew: outcome === "put" };
}
