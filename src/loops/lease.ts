import { type Worker, worker } from "../concurrency/worker.ts";
import type { Database } from "../storage/database.ts";
import { leaseRecords } from "../storage/leases.ts";
import type { Surroundings } from "../surroundings.ts";

/** Work that one replica at a time does. */
export const leaseNames = [
  ...(["services", "expiry", "sessions", "rotations", "purge", "logs", "subscriptions", "secrets"] as const),
] as const;
export type LeaseName = (typeof leaseNames)[number];

/** The leases of this replica. */
export interface Leases extends AsyncDisposable {
  /** Id of this replica. */
  readonly replica: string;
  /** Whether this replica holds the lease now. It can lose it at any time, so its work must bear to be done twice. */
  isHeld(name: LeaseName): boolean;
  /** Calls `listener` each time this replica takes the lease. */
  onTaken(name: LeaseName, listener: () => void): () => void;
  /** Ids of the replicas that are alive, this one included. */
  replicas(): Promise<ReadonlySet<string>>;
}

/** Milliseconds for which a lease lasts without renewal, and between renewals. A dead holder is replaced within their sum. */
export const leaseDuration = 3_000;
export const renewalInterval = 1_000;

/** Milliseconds after which a dead replica's row is deleted. */
const remembered = 60 * 60_000;

/** The only process on its database, by the lock of its data directory, holds every lease at once and for good. */
export function soleLeases(replica: string): Leases {
  return {
    replica,
    isHeld: () => true,
    onTaken: () => () => {},
    replicas: async () => new Set([replica]),
    async [Symbol.asyncDispose]() {},
  };
}

export interface SharedLeasesOptions extends Pick<Surroundings, "timers" | "onError"> {
  readonly database: Pick<Database, "db">;
  readonly replica: string;
  /** Milliseconds on a clock that nobody sets. */
  readonly monotonic?: () => number;
}

export interface SharedLeases extends Leases {
  /** Resolves when no renewal is under way. */
  idle(): Promise<void>;
}

/**
 * Leases among the replicas on one database. Resolves after the first attempt to take them. Expiry goes by the database's
 * clock; this process counts from before it asked, so it stops in time whatever its own clock says.
 */
export async function sharedLeases(options: SharedLeasesOptions): Promise<SharedLeases> {
  const { replica, timers, onError, monotonic = () => performance.now() } = options;
  const records = leaseRecords(options.database);
  const heldUntil = new Map<LeaseName, number>();
  const listeners = new Map<LeaseName, Set<() => void>>();
  const isHeld = (name: LeaseName) => (heldUntil.get(name) ?? 0) > monotonic();

  async function renew(): Promise<void> {
    const asked = monotonic();
    const held: readonly string[] = await records.hold([...leaseNames, `replica ${replica}`], replica, leaseDuration);
    for (const name of leaseNames) {
      const wasHeld = isHeld(name);
      if (!held.includes(name)) heldUntil.delete(name);
      else {
        heldUntil.set(name, asked + leaseDuration);
        if (!wasHeld) for (const listener of listeners.get(name) ?? []) listener();
      }
    }
  }

  const renewals: Worker = worker(renew, onError);
  const stops = [
    timers.every(renewalInterval, renewals.wake),
    timers.every(remembered, () => void records.forget(remembered).catch(onError)),
  ];
  renewals.wake();
  await renewals.idle();
  return {
    replica,
    isHeld,
    onTaken(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => void set.delete(listener);
    },
    replicas: () => records.holders(),
    idle: renewals.idle,
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      await renewals[Symbol.asyncDispose]();
      heldUntil.clear();
      await records.release(replica).catch(onError);
    },
  };
}
