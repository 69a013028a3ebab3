import { DescribeTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import type { Ecs } from "../context.ts";
import { describeDefinition } from "../definitions/shape.ts";
import { clientError } from "../errors.ts";
import { lookUpDefinition } from "../find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html */
export const describeTaskDefinition = operation(DescribeTaskDefinitionCommand)({
  access: () => ({ action: "ecs:DescribeTaskDefinition", resource: "*" }),
  async run(input, context: Ecs, call) {
    const definition = await lookUpDefinition(context, call, input.taskDefinition);
    if (!definition) throw clientError("Unable to describe task definition.");
    const tags = input.include?.includes("TAGS") ? [...(await context.store.tags.get(definition.arn))] : undefined;
    return { taskDefinition: describeDefinition(definition), ...(tags && { tags }) };
  },
});
