import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { replicaArns, shownReplication } from "../replication/shape.ts";
import { shownRotation } from "../rotation/shape.ts";
import { namePrefixes, passes, requestedFilters } from "../secrets/filters.ts";
import { listPosition, listToken } from "../secrets/list-position.ts";
import { shownSecret } from "../secrets/shape.ts";
import { versionsToStages } from "../secrets/stages.ts";

const defaultLimit = 100;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
export const listSecrets = operation(ListSecretsCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { store }: SecretsManager, call) {
    const sortBy = input.SortBy ?? "created-date";
    const filters = requestedFilters(input.Filters);
    const { secrets, next } = await store.secrets.list({
      account: call.account,
      region: call.region,
      sortBy,
      descending: input.SortOrder === "desc",
      after: listPosition(input.NextToken, sortBy),
      limit: input.MaxResults ?? defaultLimit,
      includeDeleted: input.IncludePlannedDeletion ?? false,
      now: call.time,
      namePrefixes: namePrefixes(filters),
      accepts: (secret) => passes(secret, filters),
    });
    const reads = await store.secrets.lastReads(replicaArns(secrets));
    const rotations = await store.rotations.findAll(secrets.map(({ arn }) => arn));
    return {
      SecretList: secrets.map((secret) => ({
        ...shownSecret(secret),
        ...shownReplication(secret, reads),
        ...shownRotation(rotations.get(secret.arn)),
        SecretVersionsToStages: versionsToStages(secret.stages),
      })),
      NextToken: next && listToken(sortBy, next),
    };
  },
});
