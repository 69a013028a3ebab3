export interface EcrTables {
  /** Repositories of images. */
  ecr_repositories: {
    account: string;
    region: string;
    name: string;
    /** Random; the name under which the registry keeps its images, so that another repository of the name never shows them. */
    repository_id: string;
    created_at: number;
    tag_mutability: string;
    /** JSON list of the filters of tags to which `tag_mutability` does not apply. */
    mutability_exclusions: string;
    scan_on_push: number;
    /** UTF-8. */
    policy: Uint8Array | null;
    /** JSON list of key and value. */
    tags: string;
    /** UTF-8. */
    lifecycle_policy: Uint8Array | null;
    /** When the lifecycle policy was last applied. */
    lifecycle_evaluated_at: number | null;
  };
  /** What was pushed. The registry has the manifests and the layers. */
  ecr_images: {
    repository_id: string;
    digest: string;
    media_type: string;
    artifact_media_type: string | null;
    /** Bytes of the layers; null of a list of images. */
    size: number | null;
    /** JSON list of the digests of the images that it lists. */
    children: string;
    pushed_at: number;
    pulled_at: number | null;
  };
  /** What a lifecycle policy would do: the last preview of each repository. */
  ecr_lifecycle_previews: {
    repository_id: string;
    /** UTF-8. */
    policy: Uint8Array;
    /** JSON. */
    results: string;
  };
  /** Layers that come in parts by the API and are not complete. The registry has their bytes. */
  ecr_layer_uploads: {
    upload_id: string;
    repository_id: string;
    started_at: number;
    /** The path at which the registry takes what follows. */
    location: string;
    /** Bytes. */
    received: number;
    parts: number;
    /** Bytes of the smallest part but the last one; null until there are two. */
    smallest_part: number | null;
    /** Bytes. */
    last_part: number;
  };
  /** The tags of images. */
  ecr_image_tags: {
    repository_id: string;
    tag: string;
    digest: string;
  };
}
