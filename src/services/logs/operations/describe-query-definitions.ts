import { DescribeQueryDefinitionsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { refuseLanguage } from "../insights/queries/language.ts";
import { pageOf, requestedPage } from "../page.ts";

const mostResults = 1_000;

/** By name. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeQueryDefinitions.html */
export const describeQueryDefinitions = operation(DescribeQueryDefinitionsCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, { queryDefinitionNamePrefix = "", maxResults = mostResults, ...input }, { store }: Logs, call) {
    refuseLanguage(input.queryLanguage);
    const [name = "", id = ""] = (requestedPage(input.nextToken) ?? []).map(String);
    const wanted = (await store.queryDefinitions.list(call)).filter(
      (definition) =>
        definition.name.startsWith(queryDefinitionNamePrefix) &&
        (definition.name > name || (definition.name === name && definition.id > id)),
    );
    const { shown, next } = pageOf(wanted, maxResults, (definition) => [definition.name, definition.id]);
    return {
      queryDefinitions: shown.map((definition) => ({
        ...{ queryLanguage: "CWLI" as const, queryDefinitionId: definition.id, name: definition.name },
        ...{ queryString: definition.body.queryString, lastModified: definition.modifiedAt },
        logGroupNames: [...definition.body.logGroupNames],
        parameters: [...definition.body.parameters],
      })),
      ...next,
    };
  },
});
