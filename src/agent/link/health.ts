import type { PublishHealthRequest } from "../../acs/protocol.ts";
import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import type { Ids } from "../../ids.ts";
import { isStopped } from "../engine/status.ts";
import type { AgentTask } from "../engine/task.ts";
import type { Send } from "./session.ts";

export interface HealthReporterOptions {
  readonly cluster: string;
  readonly containerInstanceArn: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  /** All tasks of the machine. */
  tasks(): readonly AgentTask[];
}

/** Tasks in one message, as AWS's agent sends them. */
const mostTasks = 10;

/** Milliseconds after which all is told again, as AWS's agent does: nobody acknowledges it. */
const interval = 20_000;

/**
 * Tells the control plane of the health of all containers that have a check: each change at once, and everything at the start
 * of each connection and from time to time.
 */
export function healthReporter(options: HealthReporterOptions) {
  const { timers } = options;
  const told = new Map<string, string>();
  let send: Send | undefined;

  function tell(tasks: readonly AgentTask[]): void {
    const all = tasks.filter((task) => !isStopped(task) && healthsOf(task).length > 0);
    for (let at = 0; at < all.length; at += mostTasks) {
      send?.("PublishHealthRequest", messageOf(all.slice(at, at + mostTasks), at + mostTasks >= all.length, options));
    }
  }
  const stop = timers.every(interval, () => tell(options.tasks()));

  return {
    /** A connection is there; `over` takes the place of the one before. */
    connected(over: Send): void {
      send = over;
      tell(options.tasks());
    },
    /** The task has changed, perhaps in something else. */
    changed(task: AgentTask): void {
      const healths = JSON.stringify(healthsOf(task));
      if (isStopped(task)) told.delete(task.arn);
      else if (told.get(task.arn) !== healths) {
        told.set(task.arn, healths);
        tell([task]);
      }
    },
    [Symbol.dispose]: stop,
  };
}

function healthsOf({ containers }: AgentTask) {
  return containers.flatMap(({ name, attempt: { health } }) =>
    health ? [{ containerName: name, healthStatus: health.status, statusSince: health.since / 1000 }] : [],
  );
}

function messageOf(
  tasks: readonly AgentTask[],
  fin: boolean,
  { cluster, containerInstanceArn, clock, ids }: HealthReporterOptions,
): PublishHealthRequest {
  return {
    metadata: { cluster, containerInstance: containerInstanceArn, messageId: ids.uuid(), fin },
    tasks: tasks.map((task) => ({
      taskArn: task.arn,
      clusterArn: cluster,
      taskDefinitionFamily: task.payload.family,
      taskDefinitionVersion: task.payload.version,
      containers: healthsOf(task),
    })),
    timestamp: clock.now().getTime() / 1000,
  };
}
