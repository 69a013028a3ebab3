import type { PropagateTags, Tag } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { anyInCluster, passRoles, requestTags, resourceTags, tagsOnCreate } from "../access.ts";
import { inCluster } from "../arns.ts";
import { inClusterCondition } from "../clusters/access.ts";
import type { FoundStart } from "./find-start.ts";
import { capabilityConditions, type Launch, launchConditions } from "./launch-conditions.ts";
import { roles, withRoleArns } from "./overrides.ts";

interface StartRequest extends Launch {
  readonly containerInstances?: readonly string[];
  readonly tags?: Tag[];
  readonly propagateTags?: PropagateTags;
  readonly enableECSManagedTags?: boolean;
}

/** The needs of RunTask: the action itself, passing on the roles that the tasks get, and giving them tags. */
export function runTaskNeeds(found: FoundStart, input: StartRequest, call: Call): readonly Need[] {
  return startNeeds("RunTask", found, input, call, launchConditions(call, input, found.definition.definition));
}

/** As `runTaskNeeds`, for StartTask. */
export function startTaskNeeds(found: FoundStart, input: StartRequest, call: Call): readonly Need[] {
  const instances = input.containerInstances?.map((reference) =>
    inCluster(call, found.cluster.arn, "container-instance", reference),
  );
  const conditions = { ...capabilityConditions(input), ...defined({ "ecs:container-instances": instances }) };
  return startNeeds("StartTask", found, input, call, conditions);
}

function startNeeds(
  operation: "RunTask" | "StartTask",
  { cluster, definition }: FoundStart,
  input: StartRequest,
  call: Call,
  conditions: Need["conditions"],
): readonly Need[] {
  const resource = definition.arn;
  const passed = roles({ overrides: withRoleArns(call, input.overrides) }, definition.definition ?? {});
  const inherits = input.propagateTags === "TASK_DEFINITION" && definition.tags.length > 0;
  const isTagged = Boolean(input.tags?.length) || inherits || input.enableECSManagedTags === true;
  return [
    {
      resource,
      conditions: {
        ...inClusterCondition(cluster),
        ...conditions,
        ...resourceTags(definition.tags),
        ...requestTags(input.tags),
      },
    },
    ...passRoles(call, { to: "ecs-tasks.amazonaws.com", associatedResource: resource }, passed.task, passed.execution),
    ...(isTagged ? [tagsOnCreate(operation, anyInCluster(call, cluster.arn, "task"), input.tags)] : []),
  ];
}
