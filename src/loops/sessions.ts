import type { Worker } from "../concurrency/worker.ts";
import { disconnectReplica, type Ecs } from "../services/ecs/index.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. */
export const sessionsInterval = 1_000;

/**
 * Milliseconds that the agents of a dead replica have to connect to another one before they count as disconnected. Agents
 * of one that was dead already when this process started get more: they wait between attempts, and may know this one only.
 */
export const grace = { died: 10_000, foundDead: 15_000 };

/** Ends the sessions that agents had with replicas which are dead. */
export function sessionsLoop(ecs: Ecs, context: LoopContext): Worker {
  const seenAlive = new Set<string>();
  /** When each dead replica was first missed, by this process's clock. */
  const missedSince = new Map<string, number>();
  const rounds = loop(context, { lease: "sessions", interval: sessionsInterval }, async () => {
    const now = ecs.clock.now().getTime();
    const alive = await context.leases.replicas();
    const dead = (await ecs.store.sessions.replicas()).filter((replica) => !alive.has(replica));
    for (const replica of missedSince.keys()) if (!dead.includes(replica)) missedSince.delete(replica);
    for (const replica of seenAlive) if (!dead.includes(replica)) seenAlive.delete(replica);
    for (const replica of alive) seenAlive.add(replica);
    for (const replica of dead) {
      const since = missedSince.get(replica) ?? now;
      missedSince.set(replica, since);
      if (now - since < (seenAlive.has(replica) ? grace.died : grace.foundDead)) continue;
      await disconnectReplica(ecs, replica);
    }
  });
  rounds.wake();
  return rounds;
}
