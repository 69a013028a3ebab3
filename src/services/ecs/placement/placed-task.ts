import { defined } from "../../../defined.ts";
import type { Task } from "../tasks/task.ts";

/** The parts of a task that has not stopped that matter for placing others. */
export interface PlacedTask extends Pick<Task, "instanceArn" | "group" | "reservation" | "lastStatus"> {
  /** Of an awsvpc task. */
  readonly address?: string;
}

/** None of it changes while a task lives. */
export function placementOf({
  instanceArn,
  group,
  reservation,
  networkInterface,
}: Task): Omit<PlacedTask, "lastStatus"> {
  return { group, reservation, ...defined({ instanceArn, address: networkInterface?.address }) };
}
