import { DeleteTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { resourceTags } from "../access.ts";
import { parseTaskDefinition, taskDefinitionArn } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { describeDefinition } from "../definitions/shape.ts";
import { clientError } from "../errors.ts";

/**
 * Deletes at once what nothing uses any more; AWS takes up to a day.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html
 */
export const deleteTaskDefinitions = operation(DeleteTaskDefinitionsCommand)({
  access: (input, call, context: Ecs) => {
    if (input.taskDefinitions.length > 10) throw clientError("At most 10 task definitions can be deleted at once.");
    return Promise.all(
      input.taskDefinitions.map(async (reference) => {
        const { family, revision } = parseTaskDefinition(call, reference) ?? {};
        const known = family !== undefined && revision !== undefined;
        const resource = known ? taskDefinitionArn(call, family, revision) : "*";
        return { action: "ecs:DeleteTaskDefinitions", resource, conditions: await resourceTags(context, resource) };
      }),
    );
  },
  async run(input, { store }: Ecs, call) {
    return store.transaction(async (records) => {
      const taskDefinitions = [];
      const failures = [];
      for (const reference of input.taskDefinitions) {
        const parsed = parseTaskDefinition(call, reference);
        if (parsed?.revision === undefined) {
          failures.push({
            arn: reference,
            reason: "The specified task definition identifier is invalid. Specify a valid name or ARN and try again.",
          });
          continue;
        }
        const definition = await records.definitions.find(call, parsed.family, parsed.revision);
        const arn = taskDefinitionArn(call, parsed.family, parsed.revision);
        if (!definition)
          failures.push({
            arn,
            reason:
              "The specified task definition does not exist. Specify a valid account, family, revision and try again.",
          });
        else if (definition.status === "ACTIVE") {
          failures.push({
            arn,
            reason:
              "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
          });
        } else {
          taskDefinitions.push({
            ...describeDefinition(definition),
            status: "DELETE_IN_PROGRESS" as const,
            deleteRequestedAt: call.time,
          });
          if (!(await records.definitions.isUsed(arn))) await records.definitions.delete(arn);
        }
      }
      return { taskDefinitions, failures };
    });
  },
});
