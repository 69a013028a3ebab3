import { ListSecretVersionIdsCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import { pageToken, readPageToken } from "../../../model/page-token.ts";
import type { SecretsManager } from "../context.ts";
import { invalidNextToken } from "../errors.ts";
import { secretAccess } from "../secrets/access.ts";
import { existingSecret, findSecret } from "../secrets/find.ts";
import { stagesOf } from "../secrets/stages.ts";
import type { VersionSummary } from "../secrets/version-reads.ts";

const defaultLimit = 100;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html */
export const listSecretVersionIds = operation(ListSecretVersionIdsCommand)({
  async find(input, call, context: SecretsManager) {
    const { reference, secret } = await findSecret(context, call, input.SecretId);
    return { reference, secret, versions: secret ? await context.store.versions.list(secret.arn) : [] };
  },
  access: (found) => secretAccess(found),
  async run(found, input) {
    const secret = existingSecret(found);
    const position = requestedPosition(input.NextToken);
    const labelled = new Set(secret.stages.values());
    const limit = input.MaxResults ?? defaultLimit;
    const rest = found.versions
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

function requestedPosition(token: string | undefined): Position | undefined {
  if (token === undefined) return undefined;
  const key = readPageToken(token);
  const [createdAt, versionId]: readonly unknown[] = Array.isArray(key) ? key : [];
  if (typeof createdAt !== "number" || typeof versionId !== "string") throw invalidNextToken();
  return { createdAt, versionId };
}

function isAfter(version: VersionSummary, { createdAt, versionId }: Position): boolean {
  const time = version.createdAt.getTime();
  return time === createdAt ? version.versionId > versionId : time > createdAt;
}
