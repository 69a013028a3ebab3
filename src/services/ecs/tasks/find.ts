import type { Scope } from "../arns.ts";
import { type Found, type FoundInCluster, findAllInCluster, findInCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import type { Task } from "./task.ts";

export function findTask(
  context: Pick<Ecs, "store">,
  scope: Scope,
  cluster: string | undefined,
  reference: string,
): Promise<FoundInCluster<Task>> {
  return findInCluster(context, scope, { cluster, kind: "task", reference }, context.store.tasks.find);
}

export function findTasks(
  context: Pick<Ecs, "store">,
  scope: Scope,
  cluster: string | undefined,
  references: readonly string[],
) {
  return findAllInCluster(context, scope, { cluster, kind: "task", references }, context.store.tasks.findAll);
}

/** The task; throws AWS's refusal where there is none. */
export function existingTask({ item }: Pick<Found<Task>, "item">): Task {
  if (!item) throw taskNotFound();
  return item;
}

export const taskNotFound = () => invalidParameter("The referenced task was not found.");
