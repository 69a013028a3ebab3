import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import { isStopped } from "./status.ts";
import type { AgentTask } from "./task.ts";

export interface RemovalOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds for which a task's containers are kept after it stopped. */
  readonly wait: number;
  /** Milliseconds for which the task is known after that. */
  readonly remember: number;
  /** Milliseconds before what could not be deleted is tried again. */
  readonly retryDelay: number;
  /** Deletes the task's containers. */
  remove(arn: string): Promise<void>;
  forget(arn: string): Promise<void>;
  onFailure(arn: string, error: unknown): void;
}

/** Deletes what stopped tasks left behind, in time, and later forgets the tasks. */
export function removals(options: RemovalOptions) {
  const { clock, timers, wait, remember } = options;
  const waiting = new Map<string, () => void>();
  const underWay = new Set<Promise<void>>();
  let closed = false;

  function schedule(arn: string, delay: number, work: (arn: string) => Promise<void>): void {
    if (closed || waiting.has(arn)) return;
    const attempt = async () => {
      try {
        await work(arn);
      } catch (error) {
        options.onFailure(arn, error);
        schedule(arn, options.retryDelay, work);
      }
    };
    const begin = () => {
      waiting.delete(arn);
      const done = attempt().finally(() => underWay.delete(done));
      underWay.add(done);
    };
    waiting.set(arn, timers.after(delay, begin));
  }

  return {
    /**
     * To be called once the control plane knows that the task has stopped, and when it was removed; does nothing with one that has
     * not stopped.
     */
    add(task: AgentTask): void {
      const due = task.removedAt === undefined ? (task.stoppedAt ?? 0) + wait : task.removedAt + remember;
      const work = task.removedAt === undefined ? options.remove : options.forget;
      if (isStopped(task)) schedule(task.arn, Math.max(0, due - clock.now().getTime()), work);
    },
    /** Deletes and forgets the task at once. */
    async removeNow(arn: string): Promise<void> {
      waiting.get(arn)?.();
      waiting.delete(arn);
      await options.remove(arn);
      await options.forget(arn);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      for (const cancel of waiting.values()) cancel();
      await Promise.all(underWay);
    },
  };
}
