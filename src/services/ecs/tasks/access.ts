import type { PropagateTags, Tag } from "@aws-sdk/client-ecs";
import type { Access, Call } from "../../../model/call.ts";
import {
  anyInCluster,
  definitionResource,
  inClusterCondition,
  passRoles,
  requestTags,
  tagConditions,
  tagsOnCreate,
} from "../access.ts";
import { roles } from "../acs/payload.ts";
import { clusterArn, inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { lookUpDefinition } from "../find.ts";
import { capabilityConditions, type Launch, launchConditions } from "./launch-conditions.ts";

interface StartRequest extends Launch {
  readonly taskDefinition: string;
  readonly cluster?: string;
  readonly containerInstances?: readonly string[];
  readonly tags?: Tag[];
  readonly propagateTags?: PropagateTags;
  readonly enableECSManagedTags?: boolean;
}

/**
 * What starting tasks of a definition needs: the action itself, passing on the roles that the tasks will have, and giving
 * them tags.
 */
export async function startAccess(
  action: "ecs:RunTask" | "ecs:StartTask",
  input: StartRequest,
  call: Call,
  context: Ecs,
): Promise<readonly Access[]> {
  const definition = await lookUpDefinition(context, call, input.taskDefinition);
  const resource = definitionResource(call, input.taskDefinition, definition);
  const passed = roles({ overrides: input.overrides ?? {} }, definition ?? {});
  const { containerInstances: instances } = input;
  const ofDefinition = definition ? await context.store.tags.get(definition.arn) : [];
  const inherits = input.propagateTags === "TASK_DEFINITION" && ofDefinition.length > 0;
  const isTagged = Boolean(input.tags?.length) || inherits || input.enableECSManagedTags === true;
  return [
    {
      action,
      resource,
      conditions: {
        ...inClusterCondition(call, input.cluster),
        ...(action === "ecs:RunTask" ? launchConditions(call, input, definition) : capabilityConditions(input)),
        ...(instances && {
          "ecs:container-instances": instances.map((reference) =>
            inCluster(call, clusterArn(call, input.cluster), "container-instance", reference),
          ),
        }),
        ...tagConditions(ofDefinition),
        ...requestTags(input.tags),
      },
    },
    ...passRoles(call, { to: "ecs-tasks.amazonaws.com", associatedResource: resource }, passed.task, passed.execution),
    ...(isTagged
      ? [tagsOnCreate(action.slice("ecs:".length), anyInCluster(call, input.cluster, "task"), input.tags)]
      : []),
  ];
}
