import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import { type AgentTask, isStopped } from "./task.ts";

export interface RemovalOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds for which a task's containers are kept after it stopped. */
  readonly wait: number;
  /** Milliseconds before what could not be deleted is tried again. */
  readonly retryDelay: number;
  remove(arn: string): Promise<void>;
  onFailure(arn: string, error: unknown): void;
}

/** Deletes what stopped tasks left behind, in time. */
export function removals(options: RemovalOptions) {
  const waiting = new Map<string, () => void>();
  const underWay = new Set<Promise<void>>();
  let closed = false;

  function schedule(arn: string, delay: number): void {
    if (closed || waiting.has(arn)) return;
    const attempt = async () => {
      try {
        await removeNow(arn);
      } catch (error) {
        options.onFailure(arn, error);
        schedule(arn, options.retryDelay);
      }
    };
    const begin = () => {
      const work = attempt().finally(() => underWay.delete(work));
      underWay.add(work);
    };
    waiting.set(arn, options.timers.after(delay, begin));
  }

  function removeNow(arn: string): Promise<void> {
    waiting.get(arn)?.();
    waiting.delete(arn);
    return options.remove(arn);
  }

  return {
    /** To be called once the control plane knows that the task has stopped; does nothing with one that has not. */
    add(task: AgentTask): void {
      const age = options.clock.now().getTime() - (task.stoppedAt ?? 0);
      if (isStopped(task)) schedule(task.arn, Math.max(0, options.wait - age));
    },
    removeNow,
    async [Symbol.asyncDispose]() {
      closed = true;
      for (const cancel of waiting.values()) cancel();
      await Promise.all(underWay);
    },
  };
}
