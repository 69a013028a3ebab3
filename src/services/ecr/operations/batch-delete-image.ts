import { BatchDeleteImageCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { outrun } from "../errors.ts";
import { imageFailure } from "../images/failures.ts";
import { imageIdOf } from "../images/image.ts";
import { deleteManifest } from "../images/registry.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html */
export const batchDeleteImage = operation(BatchDeleteImageCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, { store, registry }) {
    const repository = existingRepository(found);
    const imageIds = [];
    const failures = [];
    for (const id of input.imageIds) {
      const outcome = await store.images.remove(repository, imageIdOf(id));
      if (outcome === "outrun") throw outrun(repository);
      if (outcome === "not found") failures.push(imageFailure(id));
      else if ("lists" in outcome) failures.push(imageFailure(id, outcome.lists));
      else {
        imageIds.push(...outcome.removed.map(({ digest, tag }) => ({ imageDigest: digest, imageTag: tag })));
        if (outcome.digest !== undefined && registry) await deleteManifest(registry, repository, outcome.digest);
      }
    }
    return { imageIds, failures };
  },
});
