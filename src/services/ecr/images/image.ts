import type { ImageDetail, ImageIdentifier } from "@aws-sdk/client-ecr";
import { defined } from "../../../defined.ts";
import type { Repository } from "../repositories/repository.ts";
import type { Manifest } from "./manifest.ts";

export interface Image extends Manifest {
  readonly pushedAt: Date;
  readonly pulledAt: Date | undefined;
  readonly tags: readonly string[];
}

/** An image as a request names it: one of the two, or both. */
export interface ImageId {
  readonly digest?: string | undefined;
  readonly tag?: string | undefined;
}

export function imageIdOf({ imageDigest, imageTag }: ImageIdentifier): ImageId {
  return { digest: imageDigest, tag: imageTag };
}

/** True if the image is the one that is named. */
export function isNamed({ digest, tags }: Image, id: ImageId): boolean {
  if (id.digest === undefined && id.tag === undefined) return false;
  return (id.digest === undefined || digest === id.digest) && (id.tag === undefined || tags.includes(id.tag));
}

/** An image as DescribeImages shows it. */
export function shownImage(image: Image, { account, name }: Repository): ImageDetail {
  return {
    registryId: account,
    repositoryName: name,
    imageDigest: image.digest,
    ...(image.tags.length > 0 && { imageTags: [...image.tags] }),
    imagePushedAt: image.pushedAt,
    imageManifestMediaType: image.mediaType,
    imageStatus: "ACTIVE",
    ...defined({
      imageSizeInBytes: image.size,
      artifactMediaType: image.artifactMediaType,
      lastRecordedPullTime: image.pulledAt,
    }),
  };
}
