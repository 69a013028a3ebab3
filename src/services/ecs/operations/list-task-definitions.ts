import { ListTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { page, pageSize, readToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html */
export const listTaskDefinitions = operation(ListTaskDefinitionsCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { store }: Ecs, call) {
    const size = pageSize(input.maxResults, 100);
    const revisions = await store.definitions.list(call, {
      family: input.familyPrefix,
      status: input.status ?? "ACTIVE",
      descending: input.sort === "DESC",
      limit: size + 1,
      after: readToken(input.nextToken, isKey),
    });
    const { items, nextToken } = page(revisions, size, ({ family, revision }) => ({ family, revision }));
    return { taskDefinitionArns: items.map(({ arn }) => arn), ...defined({ nextToken }) };
  },
});

function isKey(key: unknown): key is { family: string; revision: number } {
  if (typeof key !== "object" || key === null) return false;
  return "family" in key && typeof key.family === "string" && "revision" in key && Number.isSafeInteger(key.revision);
}
