import { pause, type Timers } from "../../concurrency/timers.ts";
import type { StateStore } from "./state.ts";
import type { AgentTask } from "./task.ts";

export interface SaverOptions {
  readonly store: Pick<StateStore, "save">;
  readonly timers: Timers;
  /** Milliseconds before what could not be written is tried again. */
  readonly retryDelay: number;
  /** Called with each state that is on the disk, in order; a state that a newer one has overtaken is left out. */
  onSaved(task: AgentTask): void;
  onFailure(task: AgentTask, error: unknown): void;
}

export interface Saver extends AsyncDisposable {
  /** Resolves to `true` when this state of the task, or a newer one, is on the disk; to `false` if the saver was disposed of before. */
  save(task: AgentTask): Promise<boolean>;
  /** Resolves when nothing is to be written. */
  idle(): Promise<void>;
}

/** Writes the newest state of each task, one write of a task after the other, until it succeeds. */
export function saver({ store, timers, retryDelay, onSaved, onFailure }: SaverOptions): Saver {
  const newest = new Map<string, AgentTask>();
  const next = new Map<string, Promise<boolean>>();
  const last = new Map<string, Promise<boolean>>();
  const stopping = new AbortController();
  const { signal } = stopping;

  async function write(arn: string): Promise<boolean> {
    for (;;) {
      const task = newest.get(arn);
      next.delete(arn);
      if (!task) return true;
      if (await isWritten(task)) {
        onSaved(task);
        return true;
      }
      if (signal.aborted) return false;
      await pause(timers, retryDelay, signal);
    }
  }

  async function isWritten(task: AgentTask): Promise<boolean> {
    try {
      await store.save(task);
      return true;
    } catch (error) {
      onFailure(task, error);
      return false;
    }
  }

  function save(task: AgentTask): Promise<boolean> {
    const { arn } = task;
    newest.set(arn, task);
    const waiting = next.get(arn);
    if (waiting) return waiting;
    const written = (last.get(arn) ?? Promise.resolve()).then(() => write(arn));
    next.set(arn, written);
    last.set(arn, written);
    void written.then(() => {
      if (last.get(arn) !== written) return;
      last.delete(arn);
      newest.delete(arn);
    });
    return written;
  }

  return {
    save,
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all(last.values());
    },
  };
}
