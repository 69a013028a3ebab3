import { localWakes, type Wakes } from "../concurrency/wakes.ts";
import { type Leases, sharedLeases, soleLeases } from "../loops/index.ts";
import type { Database } from "../storage/database.ts";
import { postgresWakes } from "../storage/postgres-wakes.ts";
import type { Surroundings } from "../surroundings.ts";

/** This process among the replicas of its installation. */
export interface Replica extends AsyncDisposable {
  readonly wakes: Wakes;
  readonly leases: Leases;
}

/** Joins the replicas on the PostgreSQL database at `url`. SQLite has one process, so nothing is shared there. */
export async function joinReplicas(
  url: string | undefined,
  database: Database,
  { ids, timers, log, onError }: Surroundings,
): Promise<Replica> {
  const id = ids.uuid();
  if (url === undefined) return { wakes: localWakes(), leases: soleLeases(id), async [Symbol.asyncDispose]() {} };
  const leases = await sharedLeases({ database, replica: id, timers, onError });
  const wakes = postgresWakes({
    ...{ url, origin: id },
    onLost: (err) => log.warn({ err }, "Replicas cannot wake one another; they look by themselves until they can"),
  });
  return {
    ...{ wakes, leases },
    async [Symbol.asyncDispose]() {
      await wakes[Symbol.asyncDispose]();
      await leases[Symbol.asyncDispose]();
    },
  };
}
