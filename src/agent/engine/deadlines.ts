import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import { startDeadline } from "./dependencies.ts";
import { type AgentTask, containerOf } from "./task.ts";

export interface DeadlineOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  find(arn: string): AgentTask | undefined;
  /** Called when a container has run for as long as others wait for its end. */
  onDeadline(arn: string): void;
}

/** The `startTimeout`s of containers that run: those that wait for a container's end wait no longer than that. */
export function deadlines({ clock, timers, find, onDeadline }: DeadlineOptions) {
  const waiting = new Set<() => void>();

  function add(task: AgentTask, name: string): void {
    const container = containerOf(task, name);
    const deadline = container.attempt.status === "running" ? startDeadline(task, container) : undefined;
    if (deadline === undefined) return;
    const now = () => clock.now().getTime();
    const cancel = timers.after(Math.max(0, deadline - now()), () => {
      waiting.delete(cancel);
      // Timers may go off a little early.
      const current = find(task.arn);
      if (current && now() < deadline) add(current, name);
      else onDeadline(task.arn);
    });
    waiting.add(cancel);
  }

  return {
    add,
    [Symbol.dispose]() {
      for (const cancel of waiting) cancel();
    },
  };
}
