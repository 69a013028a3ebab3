import { DeregisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { parseTaskDefinition } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { describeDefinition } from "../definitions/shape.ts";
import { clientError } from "../errors.ts";
import type { TaskDefinition } from "../model.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html */
export const deregisterTaskDefinition = operation(DeregisterTaskDefinitionCommand)({
  access: () => ({ action: "ecs:DeregisterTaskDefinition", resource: "*" }),
  async run(input, { store }: Ecs, call) {
    const reference = parseTaskDefinition(call, input.taskDefinition);
    if (reference && reference.revision === undefined) throw clientError("Revision is missing");
    const definition = await store.transaction(async (records) => {
      const current = reference && (await records.definitions.find(call, reference.family, reference.revision));
      if (!current) throw clientError("Unable to describe task definition.");
      if (current.status === "INACTIVE") {
        throw clientError(
          "The specified task definition is inactive. You can only deregister active task definitions.",
        );
      }
      const next: TaskDefinition = { ...current, status: "INACTIVE", deregisteredAt: call.time.getTime() };
      await records.definitions.put(call, next);
      return next;
    });
    return { taskDefinition: describeDefinition(definition) };
  },
});
