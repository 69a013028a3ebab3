import { UploadLayerPartCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { invalidLayerPart, tooManyParts, uploadNotFound } from "../errors.ts";
import { registryOf } from "../images/registry.ts";
import { dropUpload } from "../layers/drop.ts";
import { existingUpload } from "../layers/find.ts";
import { addToLayer, dropLayer } from "../layers/registry.ts";
import { follows, mostParts, withPart } from "../layers/upload.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html */
export const uploadLayerPart = operation(UploadLayerPartCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, { uploadId, partFirstByte, partLastByte, layerPartBlob }, context) {
    const repository = existingRepository(found);
    const registry = registryOf(context);
    const { store } = context;
    return store.uploads.exclusively(uploadId, async () => {
      const upload = await existingUpload(context, repository, uploadId);
      if (!follows(upload, { first: partFirstByte, last: partLastByte, bytes: layerPartBlob.length })) {
        throw invalidLayerPart(repository, uploadId, upload.received);
      }
      if (upload.parts === mostParts) throw tooManyParts(mostParts);
      const location = await addToLayer(registry, upload.location, layerPartBlob);
      if (location === undefined) {
        // Parts are lost, and the registry takes no more of them.
        await dropUpload({ store, registry }, upload);
        throw uploadNotFound();
      }
      if (!(await store.uploads.change(repository, withPart(upload, layerPartBlob.length, location)))) {
        await dropLayer(registry, location);
        throw uploadNotFound();
      }
      const { account: registryId, name: repositoryName } = repository;
      return { registryId, repositoryName, uploadId, lastByteReceived: partLastByte };
    });
  },
});
