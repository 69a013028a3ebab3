import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { replicationOf } from "../replication/shape.ts";
import { shownRotation } from "../rotation/shape.ts";
import { namePrefixes, passes } from "../secrets/filters.ts";
import type { ListPosition, SortKey } from "../secrets/list.ts";
import { pageToken, readPageToken } from "../secrets/page-token.ts";
import { isSecretName } from "../secrets/secret.ts";
import { shownSecret } from "../secrets/shape.ts";
import { versionsToStages } from "../secrets/stages.ts";

const defaultLimit = 100;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
export const listSecrets = operation(ListSecretsCommand)({
  access: () => ({ action: "secretsmanager:ListSecrets", resource: "*" }),
  async run(input, { secrets: store, rotations }: SecretsManager, call) {
    const sortBy = input.SortBy ?? "created-date";
    const { secrets, next } = await store.list({
      account: call.account,
      region: call.region,
      sortBy,
      descending: input.SortOrder === "desc",
      after: listPosition(input.NextToken, sortBy),
      limit: input.MaxResults ?? defaultLimit,
      includeDeleted: input.IncludePlannedDeletion ?? false,
      now: call.time,
      namePrefixes: namePrefixes(input.Filters ?? []),
      accepts: (secret) => passes(secret, input.Filters ?? []),
    });
    const replication = await replicationOf(store, secrets);
    const rotation = await rotations.findAll(secrets.map(({ arn }) => arn));
    return {
      SecretList: secrets.map((secret) => ({
        ...shownSecret(secret),
        ...replication(secret),
        ...shownRotation(rotation.get(secret.arn)),
        SecretVersionsToStages: versionsToStages(secret.stages),
      })),
      NextToken: next && listToken(sortBy, next),
    };
  },
});

export function listToken(sortBy: SortKey, position: ListPosition): string {
  return pageToken([sortBy, ...position]);
}

/** Where a list of this order goes on. Throws where the token was not made by `listToken` for it. */
export function listPosition(token: string | undefined, sortBy: SortKey): ListPosition | undefined {
  return readPageToken(token, ([key, value, name]) => {
    const isValue = sortBy === "name" ? typeof value === "string" && isSecretName(value) : Number.isSafeInteger(value);
    if (key !== sortBy || !isValue || typeof name !== "string" || !isSecretName(name)) return undefined;
    return [value as string | number, name] as const;
  });
}
