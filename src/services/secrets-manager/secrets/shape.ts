import type { Secret } from "./secret.ts";

/** The members that DescribeSecret and ListSecrets share. */
export function shownSecret(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    LastChangedDate: secret.changedAt,
    LastAccessedDate: secret.accessedOn,
    DeletedDate: secret.deletesAt,
    Tags: secret.tags?.map(({ key, value }) => ({ Key: key, Value: value })),
    CreatedDate: secret.createdAt,
  };
}
