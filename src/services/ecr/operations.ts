import * as client from "@aws-sdk/client-ecr";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Ecr } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Ecr> = {
  BatchCheckLayerAvailability: async () =>
    (await import("./operations/batch-check-layer-availability.ts")).batchCheckLayerAvailability,
  BatchDeleteImage: async () => (await import("./operations/batch-delete-image.ts")).batchDeleteImage,
  BatchGetImage: async () => (await import("./operations/batch-get-image.ts")).batchGetImage,
  CompleteLayerUpload: async () => (await import("./operations/complete-layer-upload.ts")).completeLayerUpload,
  CreateRepository: async () => (await import("./operations/create-repository.ts")).createRepository,
  DeleteLifecyclePolicy: async () => (await import("./operations/delete-lifecycle-policy.ts")).deleteLifecyclePolicy,
  DeleteRepository: async () => (await import("./operations/delete-repository.ts")).deleteRepository,
  DeleteRepositoryPolicy: async () => (await import("./operations/delete-repository-policy.ts")).deleteRepositoryPolicy,
  DescribeImages: async () => (await import("./operations/describe-images.ts")).describeImages,
  DescribeRepositories: async () => (await import("./operations/describe-repositories.ts")).describeRepositories,
  GetAuthorizationToken: async () => (await import("./operations/get-authorization-token.ts")).getAuthorizationToken,
  GetDownloadUrlForLayer: async () =>
    (await import("./operations/get-download-url-for-layer.ts")).getDownloadUrlForLayer,
  GetLifecyclePolicy: async () => (await import("./operations/get-lifecycle-policy.ts")).getLifecyclePolicy,
  GetLifecyclePolicyPreview: async () =>
    (await import("./operations/get-lifecycle-policy-preview.ts")).getLifecyclePolicyPreview,
  GetRepositoryPolicy: async () => (await import("./operations/get-repository-policy.ts")).getRepositoryPolicy,
  InitiateLayerUpload: async () => (await import("./operations/initiate-layer-upload.ts")).initiateLayerUpload,
  ListImages: async () => (await import("./operations/list-images.ts")).listImages,
  ListTagsForResource: async () => (await import("./operations/list-tags-for-resource.ts")).listTagsForResource,
  PutImage: async () => (await import("./operations/put-image.ts")).putImage,
  PutImageScanningConfiguration: async () =>
    (await import("./operations/put-image-scanning-configuration.ts")).putImageScanningConfiguration,
  PutImageTagMutability: async () => (await import("./operations/put-image-tag-mutability.ts")).putImageTagMutability,
  PutLifecyclePolicy: async () => (await import("./operations/put-lifecycle-policy.ts")).putLifecyclePolicy,
  SetRepositoryPolicy: async () => (await import("./operations/set-repository-policy.ts")).setRepositoryPolicy,
  StartLifecyclePolicyPreview: async () =>
    (await import("./operations/start-lifecycle-policy-preview.ts")).startLifecyclePolicyPreview,
  TagResource: async () => (await import("./operations/tag-resource.ts")).tagResource,
  UntagResource: async () => (await import("./operations/untag-resource.ts")).untagResource,
  UploadLayerPart: async () => (await import("./operations/upload-layer-part.ts")).uploadLayerPart,
};
