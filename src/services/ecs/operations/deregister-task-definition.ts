import { DeregisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { parseTaskDefinition } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { findDefinition } from "../definitions/find.ts";
import { definitionShape } from "../definitions/shape.ts";
import { clientError } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html */
export const deregisterTaskDefinition = operation(DeregisterTaskDefinitionCommand)({
  find: (input, call, context: Ecs) => findDefinition(context, call, input.taskDefinition),
  access: () => ({ resource: "*" }),
  async run({ definition }, input, { store }, call) {
    const reference = parseTaskDefinition(call, input.taskDefinition);
    if (reference && reference.revision === undefined) throw clientError("Revision is missing.");
    if (!definition) throw clientError("Unable to describe task definition.");
    const next: TaskDefinition = { ...definition, status: "INACTIVE", deregisteredAt: call.time.getTime() };
    await store.transaction(async (records) => {
      if (definition.status !== "ACTIVE" || !(await records.definitions.isActive(next.arn))) {
        throw clientError(
          "The specified task definition is inactive. You can only deregister active task definitions.",
        );
      }
      await records.definitions.put(call, next);
    });
    return { taskDefinition: definitionShape(next) };
  },
});
