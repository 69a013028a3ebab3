import { InitiateLayerUploadCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { outrun } from "../errors.ts";
import { registryOf } from "../images/registry.ts";
import { beginLayer, dropLayer } from "../layers/registry.ts";
import { partSize } from "../layers/upload.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html */
export const initiateLayerUpload = operation(InitiateLayerUploadCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, _input, context, call) {
    const repository = existingRepository(found);
    const registry = registryOf(context);
    const location = await beginLayer(registry, repository);
    const none = { received: 0, parts: 0, smallest: undefined, last: 0 };
    const upload = { id: context.ids.uuid(), startedAt: call.time, location, ...none };
    if (!(await context.store.uploads.start(repository, upload))) {
      await dropLayer(registry, location);
      throw outrun(repository);
    }
    return { uploadId: upload.id, partSize };
  },
});
