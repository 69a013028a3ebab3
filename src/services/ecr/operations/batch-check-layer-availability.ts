import { BatchCheckLayerAvailabilityCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { layerFailure } from "../images/failures.ts";
import { layerSize, registryOf } from "../images/registry.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html */
export const batchCheckLayerAvailability = operation(BatchCheckLayerAvailabilityCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, context) {
    const repository = existingRepository(found);
    const registry = registryOf(context);
    const layers = [];
    const failures = [];
    for (const digest of input.layerDigests) {
      if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
        failures.push(layerFailure(digest));
        continue;
      }
      const size = await layerSize(registry, repository, digest);
      const availability = size === undefined ? ("UNAVAILABLE" as const) : ("AVAILABLE" as const);
      layers.push({
        layerDigest: digest,
        layerAvailability: availability,
        ...(size !== undefined && { layerSize: size }),
      });
    }
    return { layers, failures };
  },
});
