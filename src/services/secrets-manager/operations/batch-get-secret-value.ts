import { BatchGetSecretValueCommand, type GetSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { accessDeniedException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { namePrefixes, passes, requestedFilters } from "../secrets/filters.ts";
import { listPosition, listToken } from "../secrets/list-position.ts";
import { secretReader } from "../secrets/reader.ts";

/** As many as `SecretIdList` may name. */
const defaultLimit = 20;

/**
 * A denied secret is an error beside the other values, so that each secret is found, authorised and read for itself.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html
 */
export const batchGetSecretValue = operation(BatchGetSecretValueCommand)({
  access(_found, input) {
    const batch = { resource: "*" };
    return input.Filters && input.Filters.length > 0
      ? [batch, { action: "secretsmanager:ListSecrets", resource: "*" }]
      : batch;
  },

  async run(_found, input, context: SecretsManager, call) {
    const { SecretIdList: listed } = input;
    const filters = requestedFilters(input.Filters);
    if ((listed === undefined) === (filters.length === 0)) {
      throw invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }
    if (listed && input.MaxResults !== undefined) {
      throw invalidParameter(
        "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
      );
    }
    if (listed) return answers(await readAll(context, call, [...new Set(listed)]));
    const { secrets, next } = await context.store.secrets.list({
      account: call.account,
      region: call.region,
      sortBy: "created-date",
      descending: false,
      after: listPosition(input.NextToken, "created-date"),
      limit: input.MaxResults ?? defaultLimit,
      includeDeleted: false,
      now: call.time,
      namePrefixes: namePrefixes(filters),
      accepts: (secret) => passes(secret, filters),
    });
    const arns = secrets.map(({ arn }) => arn);
    return { ...answers(await readAll(context, call, arns)), NextToken: next && listToken("created-date", next) };
  },
});

type Answer =
  | { readonly value: GetSecretValueResponse }
  | { readonly error: { SecretId: string; ErrorCode: string; Message: string } };

function readAll(context: SecretsManager, call: Call, secretIds: readonly string[]): Promise<Answer[]> {
  return Promise.all(secretIds.map((secretId) => readOne(context, call, secretId)));
}

/** One secret, with the permission that GetSecretValue would need. */
async function readOne(context: SecretsManager, call: Call, secretId: string): Promise<Answer> {
  try {
    const found = await secretReader(context).find(call, secretId, {});
    const denial = await context.authorize(call, found.access);
    if (denial !== undefined) throw accessDeniedException(denial);
    return { value: await found.read() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { error: { SecretId: secretId, ErrorCode: error.shape, Message: error.message } };
  }
}

function answers(read: readonly Answer[]) {
  return {
    SecretValues: read.flatMap((answer) => ("value" in answer ? [answer.value] : [])),
    Errors: read.flatMap((answer) => ("error" in answer ? [answer.error] : [])),
  };
}
