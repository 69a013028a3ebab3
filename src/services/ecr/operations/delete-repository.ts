import { DeleteRepositoryCommand, RepositoryNotEmptyException$ } from "@aws-sdk/client-ecr";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { outrun } from "../errors.ts";
import { deleteManifest } from "../images/registry.ts";
import { dropLayer } from "../layers/registry.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";
import { shownRepository } from "../repositories/repository.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html */
export const deleteRepository = operation(DeleteRepositoryCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, { store, registry }: Ecr, call) {
    const repository = existingRepository(found);
    const images = await store.images.list(repository);
    const uploads = await store.uploads.list(repository);
    const outcome = await store.repositories.remove(repository, input.force ?? false);
    if (outcome === "outrun") throw outrun(repository);
    if (outcome === "not empty") {
      const { name, account } = repository;
      throw new ApiError(
        RepositoryNotEmptyException$,
        `The repository with name '${name}' in registry with id '${account}' cannot be deleted because it still contains images`,
      );
    }
    if (registry) {
      for (const { digest } of images) await deleteManifest(registry, repository, digest);
      for (const { location } of uploads) await dropLayer(registry, location);
    }
    return { repository: shownRepository(repository, call.partition) };
  },
});
