import type { LastCall } from "../../../audit/index.ts";
import type { Clock } from "../../../clock.ts";
import type { IamStore } from "../store.ts";
import type { LastAccessedJob } from "./job.ts";

/** The calls of users and roles in the audit trail. */
export interface AccessTrail {
  readonly clock: Clock;
  /** The last call of each of these users and roles, by their ids, to each operation before `until`. */
  lastCalls(account: string, principalIds: readonly string[], until: Date): Promise<readonly LastCall[]>;
}

export type LastAccessedWork = ReturnType<typeof lastAccessedWork>;

/**
 * Completes reports beside the requests: to search a long trail takes time. The first request for a report begins it, as all
 * earlier calls are in the trail by then. Another process that is asked for the report begins it as well.
 */
export function lastAccessedWork(store: Pick<IamStore, "lastAccessed">, { clock, lastCalls }: AccessTrail) {
  const running = new Map<string, Promise<void>>();

  async function complete({ id, account, entities, createdAt }: LastAccessedJob): Promise<void> {
    const ids = entities.map(({ id }) => id);
    const calls = await lastCalls(account, ids, createdAt);
    await store.lastAccessed.complete(id, { at: clock.now(), calls });
  }

  return {
    /** Does not wait for the work. Rejects where it has failed meanwhile; the next call begins anew. */
    async begin(job: LastAccessedJob): Promise<void> {
      const work = running.get(job.id) ?? complete(job);
      running.set(job.id, work);
      work.then(
        () => running.delete(job.id),
        () => {},
      );
      try {
        await Promise.race([work, undefined]);
      } catch (error) {
        running.delete(job.id);
        throw error;
      }
    },
  };
}
