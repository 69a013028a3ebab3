import type { Wakes } from "../concurrency/wakes.ts";
import { type Worker, worker } from "../concurrency/worker.ts";
import type { Surroundings } from "../surroundings.ts";
import type { LeaseName, Leases } from "./lease.ts";

export interface LoopContext extends Pick<Surroundings, "timers" | "onError"> {
  readonly leases: Leases;
  readonly wakes: Wakes;
}

export interface LoopOptions {
  /** The lease under which the work is done. Without one, every replica does it. */
  readonly lease?: LeaseName;
  /** Milliseconds between rounds that no wake asked for. */
  readonly interval: number;
  /** Wakes that ask for a round. */
  readonly topics?: readonly string[];
}

/** Does rounds of `work`, one after the other: every `interval`, at wakes, and when the lease is taken. */
export function loop(
  { leases, wakes, timers, onError }: LoopContext,
  { lease, interval, topics = [] }: LoopOptions,
  work: () => Promise<void>,
): Worker {
  const isMine = () => lease === undefined || leases.isHeld(lease);
  const rounds = worker(async () => {
    if (isMine()) await work();
  }, onError);
  const stops = topics.map((topic) => wakes.on(topic, rounds.wake));
  stops.push(timers.every(interval, rounds.wake));
  if (lease !== undefined) stops.push(leases.onTaken(lease, rounds.wake));
  return {
    ...rounds,
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      await rounds[Symbol.asyncDispose]();
    },
  };
}
