import { BatchGetImageCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { imageFailure } from "../images/failures.ts";
import { imageIdOf, isNamed } from "../images/image.ts";
import { getManifest, registryOf } from "../images/registry.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
export const batchGetImage = operation(BatchGetImageCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, context, call) {
    const repository = existingRepository(found);
    const registry = registryOf(context);
    const known = await context.store.images.list(repository);
    const images = [];
    const failures = [];
    for (const id of input.imageIds) {
      const image = known.find((one) => isNamed(one, imageIdOf(id)));
      const manifest = image && (await getManifest(registry, repository, image.digest, image.mediaType));
      if (!manifest) {
        failures.push(imageFailure(id));
        continue;
      }
      await context.store.images.notePull(repository, image.digest, call.time);
      images.push({
        registryId: repository.account,
        repositoryName: repository.name,
        imageId: { ...id, imageDigest: image.digest },
        imageManifest: manifest.toString(),
        imageManifestMediaType: image.mediaType,
      });
    }
    return { images, failures };
  },
});
