import { CreateRepositoryCommand, RepositoryAlreadyExistsException$ } from "@aws-sdk/client-ecr";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { newTagKeys } from "../../../model/tag-conditions.ts";
import type { Ecr } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { requestedMutability } from "../repositories/mutability.ts";
import { type Repository, shownRepository } from "../repositories/repository.ts";
import { requestedTags } from "../repositories/tags.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export const createRepository = operation(CreateRepositoryCommand)({
  find: (input, call) => ({
    asked: { account: call.account, region: call.region, name: input.repositoryName },
    repository: undefined,
    tags: requestedTags(input.tags),
  }),

  access(found, _input, call) {
    const create = repositoryAccess(found, call, newTagKeys(found.tags, "ecr"));
    return found.tags.length > 0 ? [create, { ...create, action: "ecr:TagResource" }] : create;
  },

  async run({ asked, tags }, input, { store, ids }: Ecr, call) {
    const { account } = asked;
    if (input.registryId !== undefined && input.registryId !== account) {
      throw invalidParameter(
        `Invalid parameter at 'registryId' failed to satisfy constraint: 'must be the caller's account'`,
      );
    }
    const encryption = input.encryptionConfiguration?.encryptionType ?? "AES256";
    if (encryption !== "AES256")
      throw invalidParameter(`The encryption type ${encryption} is not implemented by Sealift`);
    const repository: Repository = {
      ...asked,
      id: ids.hex(16),
      createdAt: call.time,
      ...requestedMutability(input),
      scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
      policy: undefined,
      lifecyclePolicy: undefined,
      lifecycleEvaluatedAt: undefined,
      tags,
    };
    if (!(await store.repositories.create(repository))) {
      throw new ApiError(
        RepositoryAlreadyExistsException$,
        `The repository with name '${asked.name}' already exists in the registry with id '${account}'`,
      );
    }
    return { repository: shownRepository(repository, call.partition) };
  },
});
