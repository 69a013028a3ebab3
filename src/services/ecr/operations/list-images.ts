import { ListImagesCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { imagePage } from "../images/page.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html */
export const listImages = operation(ListImagesCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, { store }) {
    const repository = existingRepository(found);
    const images = await store.images.list(repository);
    const ids = images.flatMap(({ digest, tags }): { imageDigest: string; imageTag?: string }[] =>
      tags.length > 0 ? tags.map((tag) => ({ imageDigest: digest, imageTag: tag })) : [{ imageDigest: digest }],
    );
    const { items, nextToken } = imagePage(ids, input, ({ imageDigest, imageTag }) => ({
      key: [imageDigest, imageTag ?? ""],
      isTagged: imageTag !== undefined,
    }));
    return { imageIds: items, ...nextToken };
  },
});
