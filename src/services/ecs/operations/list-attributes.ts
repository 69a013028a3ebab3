import { ListAttributesCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { clusterNeed } from "../clusters/access.ts";
import { activeCluster, findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { page, pageSize, readTextToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAttributes.html */
export const listAttributes = operation(ListAttributesCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access: clusterNeed,
  async run(found, input, { store }) {
    const cluster = activeCluster(found);
    const size = pageSize(input.maxResults, 100);
    const after = readTextToken(input.nextToken);
    const { attributeName, attributeValue } = input;
    const attributes = (await store.instances.ofCluster(cluster.arn))
      .flatMap(({ arn, attributes }) =>
        attributes.map(({ name, value }) => ({
          targetType: "container-instance" as const,
          targetId: arn,
          name,
          ...defined({ value }),
        })),
      )
      .filter(({ name }) => attributeName === undefined || name === attributeName)
      .filter(({ value }) => attributeName === undefined || (attributeValue ?? value) === value)
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
      .filter((attribute) => keyOf(attribute) > after);
    const { items, nextToken } = page(attributes, size, keyOf);
    return { attributes: items, ...defined({ nextToken }) };
  },
});

function keyOf({ targetId, name }: { targetId: string; name: string | undefined }): string {
  return `${targetId} ${name}`;
}
