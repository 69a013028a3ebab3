import { DeleteTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { resourceTags } from "../access.ts";
import { parseTaskDefinition, taskDefinitionArn } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { type FoundDefinition, findDefinition } from "../definitions/find.ts";
import { definitionShape } from "../definitions/shape.ts";
import { invalidParameter } from "../errors.ts";

const invalid = "The specified task definition identifier is invalid. Specify a valid name or ARN and try again.";
const missing =
  "The specified task definition does not exist. Specify a valid account, family, revision and try again.";
const active = "The specified task definition is still in ACTIVE status. Please deregister the target and try again.";

interface Asked {
  readonly reference: string;
  /** `undefined` where the reference names no revision. */
  readonly found: FoundDefinition | undefined;
}

/**
 * Deletes at once what nothing runs; AWS takes up to a day. What tasks or services run is deleted when they are gone.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html
 */
export const deleteTaskDefinitions = operation(DeleteTaskDefinitionsCommand)({
  find: (input, call, context: Ecs): Promise<readonly Asked[]> => {
    const { length } = input.taskDefinitions;
    if (length === 0) throw invalidParameter("size of TaskDefinition references list must be greater than 0");
    if (length > 10) throw invalidParameter("Size of TaskDefinition references list cannot exceed 10");
    return Promise.all(
      input.taskDefinitions.map(async (reference) => {
        const { family, revision } = parseTaskDefinition(call, reference) ?? {};
        if (family === undefined || revision === undefined) return { reference, found: undefined };
        return { reference, found: await findDefinition(context, call, taskDefinitionArn(call, family, revision)) };
      }),
    );
  },
  access: (asked) =>
    asked.map(({ found }) => ({ resource: found?.arn ?? "*", conditions: resourceTags(found?.tags ?? []) })),
  run: (asked, _input, { store }, call) =>
    store.transaction(async (records) => {
      const taskDefinitions = [];
      const failures = [];
      for (const { reference, found } of asked) {
        if (!found) {
          failures.push({ arn: reference, reason: invalid });
          continue;
        }
        const { arn, definition } = found;
        if (definition?.status === "ACTIVE") failures.push({ arn, reason: active });
        // Another call may have deleted it after it was found.
        else if (!definition || !(await records.definitions.isThere(arn)))
          failures.push({ arn: reference, reason: missing });
        else {
          const next = beingDeleted(definition, call.time.getTime());
          taskDefinitions.push(definitionShape(next));
          if (await records.definitions.isUsed(arn)) await records.definitions.put(call, next);
          else await records.definitions.delete(arn);
        }
      }
      return { taskDefinitions, failures };
    }),
});

/** A second request changes nothing. */
function beingDeleted(definition: TaskDefinition, now: number): TaskDefinition {
  if (definition.status === "DELETE_IN_PROGRESS") return definition;
  return { ...definition, status: "DELETE_IN_PROGRESS", deleteRequestedAt: now };
}
