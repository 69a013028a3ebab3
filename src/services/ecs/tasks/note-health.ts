import type { Ecs } from "../context.ts";
import { changeTask } from "./change-task.ts";
import { type HealthReport, withHealth } from "./health.ts";

/** Writes what an instance's agent tells of a task's health. Reports on tasks of other instances are passed over. */
export async function noteHealth(
  context: Pick<Ecs, "store" | "wakes">,
  instanceArn: string,
  report: HealthReport,
): Promise<void> {
  const task = await context.store.tasks.find(report.taskArn);
  // Agents repeat themselves every 20 seconds; only what is new needs a transaction.
  if (task?.instanceArn !== instanceArn || withHealth(task, report) === task) return;
  await changeTask(context, task.arn, (current) => withHealth(current, report));
  if (task.serviceArn !== undefined) context.wakes.wake("services");
}
