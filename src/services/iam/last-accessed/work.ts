import type { LastCall } from "../../../audit/index.ts";
import type { Clock } from "../../../clock.ts";
import type { IamStore } from "../store.ts";
import type { LastAccessedJob } from "./records.ts";

/** What the audit trail tells of users and roles. */
export interface AccessTrail {
  readonly clock: Clock;
  /** The last call of each of these users and roles, by their ids, to each operation, until then. */
  lastCalls(account: string, principalIds: readonly string[], until: Date): Promise<readonly LastCall[]>;
}

export type LastAccessedWork = ReturnType<typeof lastAccessedWork>;

/**
 * Completes reports while requests are served: to look through a long trail takes its time. Whoever first asks for a report
 * begins it, as what was called before is in the trail by then, and so does who asks another process than the one that did.
 */
export function lastAccessedWork(store: Pick<IamStore, "completeLastAccessedJob">, { clock, lastCalls }: AccessTrail) {
  const running = new Map<string, Promise<void>>();

  async function complete({ id, account, entities, createdAt }: LastAccessedJob): Promise<void> {
    const ids = entities.map(({ id }) => id);
    const calls = await lastCalls(account, ids, createdAt);
    await store.completeLastAccessedJob(id, { at: clock.now(), calls });
  }

  return {
    /** Waits for nothing. Rejects where the work has failed since it was begun; the next time begins anew. */
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
