import type { ImageFailure, ImageIdentifier, LayerFailure } from "@aws-sdk/client-ecr";

/** Why an image of a batch was left out. `lists` are the lists of images that need it. */
export function imageFailure(imageId: ImageIdentifier, lists?: readonly string[]): ImageFailure {
  if (lists) {
    const failureReason = `Requested image referenced by manifest list: [${lists.join(", ")}]`;
    return { imageId, failureCode: "ImageReferencedByManifestList", failureReason };
  }
  if (imageId.imageDigest === undefined && imageId.imageTag === undefined) {
    const failureReason = "Invalid request parameters: both tag and digest cannot be null";
    return { imageId, failureCode: "MissingDigestAndTag", failureReason };
  }
  if (imageId.imageDigest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(imageId.imageDigest)) {
    const failureReason =
      "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'";
    return { imageId, failureCode: "InvalidImageDigest", failureReason };
  }
  return { imageId, failureCode: "ImageNotFound", failureReason: "Requested image not found" };
}

export function layerFailure(layerDigest: string): LayerFailure {
  const failureReason = "Invalid layer digest";
  return { layerDigest, failureCode: "InvalidLayerDigest", failureReason };
}
