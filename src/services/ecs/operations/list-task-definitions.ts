import { ListTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import type { Ecs } from "../context.ts";
import { page, readToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html */
export const listTaskDefinitions = operation(ListTaskDefinitionsCommand)({
  access: () => ({ action: "ecs:ListTaskDefinitions", resource: "*" }),
  async run(input, { store }: Ecs, call) {
    const size = input.maxResults ?? 100;
    const found = await store.definitions.list(call, {
      family: input.familyPrefix,
      status: input.status ?? "ACTIVE",
      descending: input.sort === "DESC",
      limit: size + 1,
      after: readToken(input.nextToken, isKey),
    });
    const { items, nextToken } = page(found, size, ({ family, revision }) => ({ family, revision }));
    return { taskDefinitionArns: items.map(({ arn }) => arn), ...(nextToken !== undefined && { nextToken }) };
  },
});

function isKey(key: unknown): key is { family: string; revision: number } {
  const { family, revision } = (key ?? {}) as Record<string, unknown>;
  return typeof family === "string" && Number.isSafeInteger(revision);
}
