import { ListTaskDefinitionFamiliesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import type { Ecs } from "../context.ts";
import { isText, page, readToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitionFamilies.html */
export const listTaskDefinitionFamilies = operation(ListTaskDefinitionFamiliesCommand)({
  access: () => ({ action: "ecs:ListTaskDefinitionFamilies", resource: "*" }),
  async run(input, { store }: Ecs, call) {
    const size = input.maxResults ?? 100;
    const found = await store.definitions.families(call, {
      prefix: input.familyPrefix ?? "",
      status: input.status ?? "ALL",
      limit: size + 1,
      after: readToken(input.nextToken, isText) ?? "",
    });
    const { items, nextToken } = page(found, size, (family) => family);
    return { families: items, ...(nextToken !== undefined && { nextToken }) };
  },
});
