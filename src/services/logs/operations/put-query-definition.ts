import { isDeepStrictEqual } from "node:util";
import { PutQueryDefinitionCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { invalidParameter, resourceNotFound } from "../errors.ts";
import { refuseLanguage } from "../insights/queries/language.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
export const putQueryDefinition = operation(PutQueryDefinitionCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { store, ids }: Logs, call) {
    refuseLanguage(input.queryLanguage);
    const { name, queryString, logGroupNames = [], parameters = [], clientToken } = input;
    const definition = {
      ...{ id: input.queryDefinitionId ?? ids.uuid(), account: call.account, region: call.region, name },
      modifiedAt: call.time.getTime(),
      body: { queryString, logGroupNames, parameters },
    };
    if (input.queryDefinitionId !== undefined) {
      if (!(await store.queryDefinitions.update(definition))) {
        throw resourceNotFound("The specified query definition does not exist.");
      }
    } else if (!(await store.queryDefinitions.insert(definition, clientToken))) {
      const known = clientToken === undefined ? undefined : await store.queryDefinitions.findByToken(call, clientToken);
      const isSame = known?.name === name && isDeepStrictEqual(known.body, JSON.parse(JSON.stringify(definition.body)));
      if (!known || !isSame) throw invalidParameter("The clientToken was used for another query definition.");
      return { queryDefinitionId: known.id };
    }
    return { queryDefinitionId: definition.id };
  },
});
