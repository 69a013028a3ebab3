import type { Ecr } from "../context.ts";
import { outrun, uploadNotFound } from "../errors.ts";
import type { Repository } from "../repositories/repository.ts";
import type { LayerUpload } from "./upload.ts";

export async function existingUpload(
  { store }: Pick<Ecr, "store">,
  repository: Repository,
  id: string,
): Promise<LayerUpload> {
  const upload = await store.uploads.find(repository, id);
  if (upload === "outrun") throw outrun(repository);
  if (upload === undefined) throw uploadNotFound();
  return upload;
}
