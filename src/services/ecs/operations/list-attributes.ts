import { ListAttributesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import type { Ecs } from "../context.ts";
import { findCluster } from "../find.ts";
import { isText, page, readToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAttributes.html */
export const listAttributes = operation(ListAttributesCommand)({
  access: onCluster("ecs:ListAttributes"),
  async run(input, context: Ecs, call) {
    const cluster = await findCluster(context, call, input.cluster);
    const size = input.maxResults ?? 100;
    const after = readToken(input.nextToken, isText) ?? "";
    const instances = await context.store.instances.ofCluster(cluster.arn);
    const found = instances
      .flatMap(({ arn, attributes }) =>
        attributes.map(({ name, value }) => ({
          targetType: "container-instance" as const,
          targetId: arn,
          name,
          ...(value !== undefined && { value }),
        })),
      )
      .filter(
        ({ name, value }) =>
          input.attributeName === undefined ||
          (name === input.attributeName && (input.attributeValue ?? value) === value),
      )
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
      .filter((attribute) => keyOf(attribute) > after);
    const { items, nextToken } = page(found, size, keyOf);
    return { attributes: items, ...(nextToken !== undefined && { nextToken }) };
  },
});

function keyOf({ targetId, name }: { targetId: string; name: string | undefined }): string {
  return `${targetId} ${name}`;
}
