import { DeleteQueryDefinitionCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { resourceNotFound } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteQueryDefinition.html */
export const deleteQueryDefinition = operation(DeleteQueryDefinitionCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, { queryDefinitionId }, { store }: Logs, call) {
    if (!(await store.queryDefinitions.remove(call, queryDefinitionId))) {
      throw resourceNotFound("The specified query definition does not exist.");
    }
    return { success: true };
  },
});
