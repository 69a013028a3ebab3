import { CompleteLayerUploadCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import {
  emptyUpload,
  invalidLayer,
  invalidParameter,
  layerAlreadyExists,
  layerPartTooSmall,
  uploadNotFound,
} from "../errors.ts";
import { layerSize, registryOf } from "../images/registry.ts";
import { dropUpload } from "../layers/drop.ts";
import { existingUpload } from "../layers/find.ts";
import { endLayer } from "../layers/registry.ts";
import { hasSmallPart } from "../layers/upload.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CompleteLayerUpload.html */
export const completeLayerUpload = operation(CompleteLayerUploadCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, { uploadId, layerDigests }, context) {
    const repository = existingRepository(found);
    const registry = registryOf(context);
    const layerDigest = oneDigest(layerDigests);
    const { store } = context;
    return store.uploads.exclusively(uploadId, async () => {
      const upload = await existingUpload(context, repository, uploadId);
      if (upload.parts === 0) throw emptyUpload();
      if (hasSmallPart(upload)) throw layerPartTooSmall();
      if ((await layerSize(registry, repository, layerDigest)) !== undefined) {
        await dropUpload({ store, registry }, upload);
        throw layerAlreadyExists(layerDigest, repository);
      }
      const outcome = await endLayer(registry, upload.location, layerDigest);
      if (outcome === "other digest") throw invalidLayer();
      await store.uploads.remove(upload);
      if (outcome === "not found") throw uploadNotFound();
      const { account: registryId, name: repositoryName } = repository;
      return { registryId, repositoryName, uploadId, layerDigest };
    });
  },
});

/** The digest of a layer. It may be given more than once, because the API takes a list. */
function oneDigest([digest = "", ...others]: readonly string[]): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw invalidParameter(
      `Invalid parameter at 'layerDigests' failed to satisfy constraint: 'must be a sha256 digest'`,
    );
  }
  if (others.some((other) => other !== digest)) throw invalidLayer();
  return digest;
}
