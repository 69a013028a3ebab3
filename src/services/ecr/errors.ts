import { ApiError } from "../../model/api-error.ts";
import { lazySdk } from "../../model/lazy-sdk.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-ecr")>("@aws-sdk/client-ecr");

/** A repository as errors name it. */
export interface NamedRepository {
  readonly account: string;
  readonly name: string;
}

export function repositoryNotFound({ name, account }: NamedRepository): ApiError {
  return new ApiError(
    sdk().RepositoryNotFoundException$,
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );
}

export function invalidParameter(message: string): ApiError {
  return new ApiError(sdk().InvalidParameterException$, message);
}

/** Another request changed the repository between authorisation and write. A client that tries again succeeds. */
export function outrun({ name }: NamedRepository): ApiError {
  return new ApiError(
    sdk().ServerException$,
    `The repository with name '${name}' was changed at the same time. Try again.`,
  );
}

export interface NamedImage {
  readonly imageDigest?: string | undefined;
  readonly imageTag?: string | undefined;
}

export function imageNotFound(
  { imageDigest = "null", imageTag = "null" }: NamedImage,
  { name, account }: NamedRepository,
) {
  return new ApiError(
    sdk().ImageNotFoundException$,
    `The image with imageId {imageDigest:'${imageDigest}', imageTag:'${imageTag}'} does not exist within the repository with name '${name}' in the registry with id '${account}'`,
  );
}

export function imageAlreadyExists(digest: string, tag: string | undefined, { name, account }: NamedRepository) {
  const tagged = tag === undefined ? "" : ` and tag '${tag}'`;
  return new ApiError(
    sdk().ImageAlreadyExistsException$,
    `Image with digest '${digest}'${tagged} already exists in the repository with name '${name}' in registry with id '${account}'`,
  );
}

export function tagIsImmutable(tag: string, { name }: NamedRepository): ApiError {
  return new ApiError(
    sdk().ImageTagAlreadyExistsException$,
    `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
  );
}

/** Not with the status of a server's fault: SDKs would ask again and again. */
export function noRegistry(): ApiError {
  return new ApiError(
    { code: "ServerException", status: 400, sender: false },
    "This server keeps no images. Install the registry (Debian and Ubuntu: apt-get install docker-registry) and start Sealift with --registry",
  );
}

export function layersNotFound(): ApiError {
  return new ApiError(sdk().LayersNotFoundException$, "The specified layers could not be found in the repository.");
}

export function lifecyclePolicyNotFound({ name, account }: NamedRepository): ApiError {
  return new ApiError(
    sdk().LifecyclePolicyNotFoundException$,
    `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
  );
}

export function lifecyclePreviewNotFound({ name, account }: NamedRepository): ApiError {
  return new ApiError(
    sdk().LifecyclePolicyPreviewNotFoundException$,
    `Lifecycle policy preview does not exist for the repository with name '${name}' in the registry with id '${account}'`,
  );
}

export function uploadNotFound(): ApiError {
  return new ApiError(
    sdk().UploadNotFoundException$,
    "The upload could not be found, or the specified upload ID is not valid for this repository.",
  );
}

/** `received` are the bytes that came before. */
export function invalidLayerPart({ name, account }: NamedRepository, uploadId: string, received: number): ApiError {
  return new ApiError(
    sdk().InvalidLayerPartException$,
    "The layer part size is not valid, or the first byte specified is not consecutive to the last byte of a previous layer part upload.",
    {
      ...{ registryId: account, repositoryName: name, uploadId },
      ...(received > 0 && { lastValidByteReceived: received - 1 }),
    },
  );
}

export function tooManyParts(most: number): ApiError {
  return new ApiError(
    sdk().LimitExceededException$,
    `The operation did not succeed because it would have exceeded a service limit for your account: a layer has at most ${most} parts.`,
  );
}

export function emptyUpload(): ApiError {
  return new ApiError(sdk().EmptyUploadException$, "The specified layer upload does not contain any layer parts.");
}

export function layerPartTooSmall(): ApiError {
  return new ApiError(sdk().LayerPartTooSmallException$, "Layer parts must be at least 5 MiB in size.");
}

export function invalidLayer(): ApiError {
  return new ApiError(
    sdk().InvalidLayerException$,
    "The layer digest calculation performed by Amazon ECR upon receipt of the image layer does not match the digest specified.",
  );
}

export function layerAlreadyExists(digest: string, { name, account }: NamedRepository): ApiError {
  return new ApiError(
    sdk().LayerAlreadyExistsException$,
    `Layer with digest '${digest}' already exists in the repository with name '${name}' in registry with id '${account}'`,
  );
}
