import type { Tag, TaskOverride } from "@aws-sdk/client-ecs";
import type { Access, Call } from "../../aws/call.ts";
import { definitionResource, inClusterCondition, passRoles, requestTags } from "./access.ts";
import type { Ecs } from "./context.ts";
import { lookUpDefinition } from "./find.ts";
import { roles } from "./payload.ts";

interface StartRequest {
  readonly taskDefinition: string;
  readonly cluster?: string;
  readonly overrides?: TaskOverride;
  readonly tags?: Tag[];
}

/** What starting tasks of a definition needs: the action itself, and passing on the roles that the tasks will have. */
export async function startAccess(
  action: "ecs:RunTask" | "ecs:StartTask",
  input: StartRequest,
  call: Call,
  context: Ecs,
): Promise<readonly Access[]> {
  const definition = await lookUpDefinition(context, call, input.taskDefinition);
  const passed = roles({ overrides: input.overrides ?? {} }, definition ?? {});
  return [
    {
      action,
      resource: definitionResource(call, input.taskDefinition, definition),
      conditions: { ...inClusterCondition(call, input.cluster), ...requestTags(input.tags) },
    },
    ...passRoles(call, passed.task, passed.execution),
  ];
}
