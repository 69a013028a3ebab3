import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { imageNotFound } from "../errors.ts";
import { imageIdOf, isNamed, shownImage } from "../images/image.ts";
import { imagePage } from "../images/page.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export const describeImages = operation(DescribeImagesCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, { store }) {
    const repository = existingRepository(found);
    const images = await store.images.list(repository);
    if (input.imageIds?.length) {
      const named = input.imageIds.map((id) => {
        const image = images.find((one) => isNamed(one, imageIdOf(id)));
        if (!image) throw imageNotFound(id, repository);
        return image;
      });
      return { imageDetails: [...new Set(named)].map((image) => shownImage(image, repository)) };
    }
    const { items, nextToken } = imagePage(images, input, ({ digest, tags }) => ({
      key: [digest, ""],
      isTagged: tags.length > 0,
    }));
    return { imageDetails: items.map((image) => shownImage(image, repository)), ...nextToken };
  },
});
