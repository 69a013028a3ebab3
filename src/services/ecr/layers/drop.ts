import type { Ecr, Registry } from "../context.ts";
import { dropLayer } from "./registry.ts";
import { type LayerUpload, uploadLife } from "./upload.ts";

/** Drops the uploads that were not completed in time, where this server keeps the images. */
export async function dropOldUploads({ store, registry }: Pick<Ecr, "store" | "registry">, now: Date): Promise<void> {
  if (!registry) return;
  for (const { id } of await store.uploads.startedBefore(new Date(now.getTime() - uploadLife))) {
    await store.uploads.exclusively(id, async () => {
      const [upload] = await store.uploads.named(id);
      if (upload) await dropUpload({ store, registry }, upload);
    });
  }
}

/** First at the registry: what it could not drop is tried again. */
export async function dropUpload(
  { store, registry }: { readonly store: Ecr["store"]; readonly registry: Registry },
  upload: LayerUpload,
): Promise<void> {
  await dropLayer(registry, upload.location);
  await store.uploads.remove(upload);
}
