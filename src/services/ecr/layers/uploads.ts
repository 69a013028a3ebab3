import { CompleteLayerUploadCommand, InitiateLayerUploadCommand, UploadLayerPartCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";
import type { FoundRepository, Repository } from "../repositories/repository.ts";

/** What Docker's push does with a layer: the actions that AWS asks for, without the members that only its own API has. */
export interface Upload extends Ecr {
  /** Does it once it is allowed. */
  act(repository: Repository): Promise<void>;
}

interface Input {
  readonly repositoryName: string;
  readonly registryId?: string;
}

const shared = {
  find: (input: Input, call: Parameters<typeof findRepository>[1], context: Upload) =>
    findRepository(context, call, input.repositoryName, input.registryId),
  access: (found: FoundRepository, _input: Input, call: Parameters<typeof repositoryAccess>[1]) =>
    repositoryAccess(found, call),
  async run(found: FoundRepository, _input: Input, context: Upload) {
    await context.act(existingRepository(found));
    return {};
  },
};

export const uploads = {
  InitiateLayerUpload: operation(InitiateLayerUploadCommand)<Upload, FoundRepository>(shared),
  UploadLayerPart: operation(UploadLayerPartCommand)<Upload, FoundRepository>(shared),
  CompleteLayerUpload: operation(CompleteLayerUploadCommand)<Upload, FoundRepository>(shared),
};

export type UploadName = keyof typeof uploads;
