import { GetDownloadUrlForLayerCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { layersNotFound } from "../errors.ts";
import { layerSize, registryOf } from "../images/registry.ts";
import { layerLinksPath } from "../layers/link.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html */
export const getDownloadUrlForLayer = operation(GetDownloadUrlForLayerCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, { layerDigest }, context, call) {
    const repository = existingRepository(found);
    const registry = registryOf(context);
    if ((await layerSize(registry, repository, layerDigest)) === undefined) throw layersNotFound();
    const link = context.tokens.mintLink(repository.id, layerDigest, call.time);
    return { downloadUrl: `${registry.endpoint(call.host)}${layerLinksPath}${link}`, layerDigest };
  },
});
