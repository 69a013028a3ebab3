import type { Ecs } from "../context.ts";
import { agentPatience, type ExecSession, hashOfToken, longestSession, ordersTopic, sessionTopic } from "./session.ts";

/** Opens a session for the client that has its token, and orders the agent to join. `undefined` for any other client. */
export async function openExecSession(
  { store, clock, replica, wakes }: Ecs,
  id: string,
  token: string,
): Promise<ExecSession | undefined> {
  const now = clock.now().getTime();
  const session = await store.exec.open({ id, tokenHash: hashOfToken(token), replica }, now, now + agentPatience);
  if (session) wakes.wake(ordersTopic(session.instanceArn));
  return session;
}

/** True if a client may still come for the session. */
export function isExecSessionIssued({ store, clock }: Ecs, id: string): Promise<boolean> {
  return store.exec.isIssued(id, clock.now().getTime());
}

/** To be called when the agent comes. False where it has come before, or the session was ended. */
export function joinExecSession({ store, clock }: Ecs, id: string): Promise<boolean> {
  const now = clock.now().getTime();
  return store.exec.join(id, now, now + longestSession);
}

/** Ends a session, on whichever replica its connections are. False where there is none. */
export async function endExecSession({ store, wakes }: Pick<Ecs, "store" | "wakes">, id: string): Promise<boolean> {
  const found = await store.exec.find(id);
  await store.exec.delete(id);
  wakes.wake(sessionTopic(id));
  return found !== undefined;
}

/** Calls `onEnd` once the session was ended, by `endExecSession` or with its row. Returns what stops the watch. */
export function watchExecSession({ store, wakes, timers, onError }: Ecs, id: string, onEnd: () => void): () => void {
  function look(): void {
    store.exec.find(id).then((found) => found ?? onEnd(), onError);
  }
  // A wake may be lost.
  const stops = [wakes.on(sessionTopic(id), look), timers.every(10_000, look)];
  return () => {
    for (const stop of stops) stop();
  };
}
