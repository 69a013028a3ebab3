import type { Clock } from "../../../../clock.ts";
import type { Timers } from "../../../../concurrency/timers.ts";
import { kmsRefusalOf } from "../../../kms/index.ts";
import type { LogsStore } from "../../store.ts";
import { type QueryRun, runQuery } from "../run.ts";
import { QueryTooLarge } from "../stages/stage.ts";

/** Queries that run at a time; others wait. */
const atOnce = 2;

/** Milliseconds for which a query may run, as on AWS, and between its signs of life. */
const [longest, interval] = [60 * 60_000, 1_000];

export interface QueryRunnerOptions {
  readonly store: LogsStore;
  readonly clock: Clock;
  readonly timers: Timers;
  onError(error: unknown): void;
}

/** A query that was written down, and is to be run. */
export type StartedQuery = Omit<QueryRun, "store" | "isStopped"> & { readonly id: string };

interface Job {
  readonly query: StartedQuery;
  state: "waiting" | "running" | "stopped" | "timed out";
  begun: number;
}

/** Runs queries in the background. */
export interface QueryRunner {
  start(query: StartedQuery): void;
  stop(id: string): void;
  /** Resolves when no query runs or waits. */
  idle(): Promise<void>;
  /** Ends all of them. They count as failed a minute later. */
  close(): Promise<void>;
}

export function queryRunner({ store, clock, timers, onError }: QueryRunnerOptions): QueryRunner {
  const jobs = new Map<string, Job>();
  const running = new Set<Promise<void>>();
  let stopTicking: (() => void) | undefined;

  async function tick(): Promise<void> {
    const now = clock.now().getTime();
    for (const [id, job] of jobs) {
      if (job.state === "running" && now - job.begun > longest) job.state = "timed out";
      if (job.state !== "waiting" && job.state !== "running") continue;
      const status = job.state === "waiting" ? "Scheduled" : "Running";
      // Another process may have stopped it.
      if (!(await store.queries.touch(id, status, job.query.statistics, now))) job.state = "stopped";
    }
  }

  function next(): void {
    for (const job of jobs.values()) {
      if (running.size >= atOnce) return;
      if (job.state !== "waiting") continue;
      job.state = "running";
      job.begun = clock.now().getTime();
      const run = work(job)
        .catch(onError)
        .finally(() => {
          running.delete(run);
          jobs.delete(job.query.id);
          if (jobs.size === 0) {
            stopTicking?.();
            stopTicking = undefined;
          }
          next();
        });
      running.add(run);
    }
  }

  async function work(job: Job): Promise<void> {
    const { id, ...query } = job.query;
    const { statistics } = query;
    const now = () => clock.now().getTime();
    if (!(await store.queries.touch(id, "Running", statistics, now()))) return;
    try {
      const lines = await runQuery({ ...query, store, isStopped: () => job.state !== "running" });
      if (job.state === "running") await store.queries.end(id, "Complete", now(), { statistics, lines });
      else if (job.state === "timed out") await store.queries.end(id, "Timeout", now());
    } catch (error) {
      await store.queries.end(id, "Failed", now());
      // The status says it.
      if (!(error instanceof QueryTooLarge) && !kmsRefusalOf(error)) throw error;
    }
  }

  return {
    start(query) {
      jobs.set(query.id, { query, state: "waiting", begun: 0 });
      stopTicking ??= timers.every(interval, () => void tick().catch(onError));
      next();
    },
    stop(id) {
      const job = jobs.get(id);
      if (job?.state === "waiting") jobs.delete(id);
      if (job) job.state = "stopped";
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
    async close() {
      for (const job of jobs.values()) job.state = "stopped";
      await Promise.all(running);
    },
  };
}
