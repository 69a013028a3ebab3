import { ListTaskDefinitionFamiliesCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { page, pageSize, readTextToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitionFamilies.html */
export const listTaskDefinitionFamilies = operation(ListTaskDefinitionFamiliesCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { store }: Ecs, call) {
    const size = pageSize(input.maxResults, 100);
    const families = await store.definitions.families(call, {
      prefix: input.familyPrefix ?? "",
      status: input.status ?? "ALL",
      limit: size + 1,
      after: readTextToken(input.nextToken),
    });
    const { items, nextToken } = page(families, size, (family) => family);
    return { families: items, ...defined({ nextToken }) };
  },
});
