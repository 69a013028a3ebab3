import { scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Task } from "../tasks/task.ts";

/**
 * Makes the log groups that a task's containers deliver to with `awslogs`. In production they are made once, with the rest of what
 * a definition names; where that definition runs unchanged, nobody has.
 */
export async function ensureLogGroups(
  { ensureLogGroup }: Pick<Ecs, "ensureLogGroup">,
  task: Task,
  { containerDefinitions }: TaskDefinition,
): Promise<void> {
  const scope = scopeOf(task.arn);
  const wanted = new Map<string, { readonly region: string; readonly group: string }>();
  for (const { logConfiguration: log } of containerDefinitions) {
    const { "awslogs-group": group, "awslogs-region": region = scope.region } = log?.options ?? {};
    if (log?.logDriver === "awslogs" && group) wanted.set(`${region} ${group}`, { region, group });
  }
  for (const { region, group } of wanted.values()) await ensureLogGroup?.({ ...scope, region }, group);
}
