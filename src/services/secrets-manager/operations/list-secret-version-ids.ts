import { ListSecretVersionIdsCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { foundSecret, secretAccess } from "../secrets/access.ts";
import { pageToken, readPageToken } from "../secrets/page-token.ts";
import type { VersionSummary } from "../secrets/reads.ts";
import { stagesOf } from "../secrets/stages.ts";

const defaultLimit = 100;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html */
export const listSecretVersionIds = operation(ListSecretVersionIdsCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:ListSecretVersionIds", input.SecretId, call, context),

  async run(input, { secrets }, call) {
    const secret = foundSecret(call);
    const position = readPageToken(input.NextToken, readPosition);
    const labelled = new Set(secret.stages.values());
    const limit = input.MaxResults ?? defaultLimit;
    const rest = (await secrets.versions(secret.arn))
      .filter(({ versionId }) => input.IncludeDeprecated || labelled.has(versionId))
      .filter((version) => position === undefined || isAfter(version, position));
    const shown = rest.slice(0, limit);
    const last = rest.length > limit ? shown.at(-1) : undefined;
    return {
      Versions: shown.map((version) => {
        const stages = stagesOf(secret.stages, version.versionId);
        return {
          VersionId: version.versionId,
          VersionStages: stages.length > 0 ? stages : undefined,
          LastAccessedDate: version.accessedOn,
          CreatedDate: version.createdAt,
          KmsKeyIds: version.keyArns.map((arn) => arn ?? "DefaultEncryptionKey"),
        };
      }),
      NextToken: last && pageToken([last.createdAt.getTime(), last.versionId]),
      ARN: secret.arn,
      Name: secret.name,
    };
  },
});

interface Position {
  readonly createdAt: number;
  readonly versionId: string;
}

function readPosition([createdAt, versionId]: readonly unknown[]): Position | undefined {
  return typeof createdAt === "number" && typeof versionId === "string" ? { createdAt, versionId } : undefined;
}

function isAfter(version: VersionSummary, { createdAt, versionId }: Position): boolean {
  const time = version.createdAt.getTime();
  return time === createdAt ? version.versionId > versionId : time > createdAt;
}
