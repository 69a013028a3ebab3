import type { Secret } from "./secret.ts";
import { shownTags } from "./tags.ts";

/** What DescribeSecret and ListSecrets both show of a secret; members without a value are left out. */
export function shownSecret(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    LastChangedDate: secret.changedAt,
    LastAccessedDate: secret.accessedOn,
    DeletedDate: secret.deletesAt,
    Tags: shownTags(secret.tags),
    CreatedDate: secret.createdAt,
  };
}
