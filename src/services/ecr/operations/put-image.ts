import { PutImageCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { imageAlreadyExists } from "../errors.ts";
import { putImage as put } from "../images/put.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html */
export const putImage = operation(PutImageCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, context, call) {
    const repository = existingRepository(found);
    const { imageManifest, imageManifestMediaType, imageDigest, imageTag } = input;
    const pushed = { manifest: Buffer.from(imageManifest), mediaType: imageManifestMediaType, imageDigest, imageTag };
    const { digest, mediaType, isNew } = await put(context, repository, pushed, call.time);
    if (!isNew) throw imageAlreadyExists(digest, imageTag, repository);
    return {
      image: {
        registryId: repository.account,
        repositoryName: repository.name,
        imageId: { imageDigest: digest, ...(imageTag !== undefined && { imageTag }) },
        imageManifest,
        imageManifestMediaType: mediaType,
      },
    };
  },
});
