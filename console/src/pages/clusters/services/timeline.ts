import { nameOf } from "../../../parts/addresses.ts";
import type { ServiceDeployment, Task } from "../types.ts";

export type Side = "new" | "old" | "rollback";

/** A task as a bar on the axis; places are parts of the axis, from 0 to 1. */
export interface TaskBar {
  readonly task: Task;
  /** What it was to the deployment. */
  readonly side: Side;
  readonly begin: number;
  /** Where it runs; its end if it never did. */
  readonly run: number;
  readonly end: number;
  /** It goes on at the end of the axis. */
  readonly isOpen: boolean;
}

export interface Timeline {
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Where the deployment began and ended. */
  readonly began: number;
  readonly ended: number | undefined;
  /** The new tasks first, each side by its start. */
  readonly bars: readonly TaskBar[];
}

/** The room before and behind the deployment, as a part of its length; in seconds at least. */
const [margin, leastMargin] = [0.15, 5];

/** The tasks of a service while one of its deployments went on. Pure. `now` in seconds since 1970. */
export function timelineOf(deployment: ServiceDeployment, tasks: readonly Task[], now: number): Timeline {
  const target = nameOf(deployment.targetServiceRevision?.arn);
  const rollback = nameOf(deployment.rollback?.serviceRevisionArn);
  const began = deployment.createdAt ?? now;
  const ended = deployment.finishedAt;
  const sideOf = ({ startedBy = "" }: Task): Side => {
    const revision = nameOf(startedBy);
    return revision === target ? "new" : rollback !== "" && revision === rollback ? "rollback" : "old";
  };
  // The last old task may stop a little after the deployment has ended.
  const last = Math.max(
    ended ?? now,
    ...tasks
      .filter((task) => sideOf(task) === "old" && (task.createdAt ?? now) < (ended ?? now))
      .map(({ stoppingAt = 0, stoppedAt = 0 }) => (stoppingAt <= (ended ?? now) + leastMargin ? stoppedAt : 0)),
  );
  const room = Math.max((last - began) * margin, leastMargin);
  const [from, to] = [began - room, Math.min(now, last + room)];
  const place = (at: number) => Math.min(1, Math.max(0, (at - from) / Math.max(to - from, 1)));
  const order: readonly Side[] = ["new", "rollback", "old"];
  const bars = tasks
    .filter(({ createdAt = now, stoppedAt = now }) => createdAt <= to && stoppedAt >= from)
    .map((task): TaskBar => {
      const { createdAt = now, startedAt, stoppedAt } = task;
      const end = place(stoppedAt ?? to);
      return {
        ...{ task, side: sideOf(task), end, begin: place(createdAt) },
        run: startedAt === undefined ? end : place(startedAt),
        isOpen: stoppedAt === undefined || stoppedAt > to,
      };
    })
    .sort(
      (one, other) =>
        order.indexOf(one.side) - order.indexOf(other.side) || (one.task.createdAt ?? 0) - (other.task.createdAt ?? 0),
    );
  return { from, to, began: place(began), ended: ended === undefined ? undefined : place(ended), bars };
}
