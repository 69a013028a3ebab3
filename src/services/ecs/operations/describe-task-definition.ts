import { DescribeTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { findDefinition } from "../definitions/find.ts";
import { showFindings } from "../definitions/plaintext-findings.ts";
import { definitionShape } from "../definitions/shape.ts";
import { clientError } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html */
export const describeTaskDefinition = operation(DescribeTaskDefinitionCommand)({
  find: (input, call, context: Ecs) => findDefinition(context, call, input.taskDefinition),
  access: () => ({ resource: "*" }),
  async run({ definition, tags }, input, _context, call) {
    if (!definition) throw clientError("Unable to describe task definition.");
    showFindings(call, definition);
    return {
      taskDefinition: definitionShape(definition),
      ...(input.include?.includes("TAGS") && { tags: [...tags] }),
    };
  },
});
