import type { Ecs } from "../context.ts";
import {
  agentPatience,
  type ExecSession,
  hashOfToken,
  longestPause,
  longestSession,
  ordersTopic,
  remembered,
  sessionTopic,
} from "./session.ts";

/** A session that a client has opened. */
export interface OpenedSession {
  readonly session: ExecSession;
  /** Names this connection of the client. A later one takes its place. */
  readonly opening: string;
}

/** Opens a session for the client that has its token, and orders the agent to join. `undefined` for any other client. */
export async function openExecSession(
  { store, clock, ids, wakes }: Ecs,
  id: string,
  token: string,
): Promise<OpenedSession | undefined> {
  const now = clock.now().getTime();
  const opening = ids.uuid();
  const session = await store.exec.open({ id, tokenHash: hashOfToken(token), opening }, now, now + agentPatience);
  if (!session) return undefined;
  wakes.wake(sessionTopic(id));
  wakes.wake(ordersTopic(session.instanceArn));
  return { session, opening };
}

/** True if a client may come for the session, or come back. */
export function isExecSessionIssued({ store, clock }: Ecs, id: string): Promise<boolean> {
  return store.exec.isIssued(id, clock.now().getTime());
}

/** To be called when the agent comes. False where it has come before, or the session was ended. */
export function joinExecSession({ store, clock }: Ecs, { session, opening }: OpenedSession): Promise<boolean> {
  const now = clock.now().getTime();
  return store.exec.join(session.id, opening, now, now + longestSession);
}

/** To be called when the session has ended at this connection. */
export async function endExecSession({ store, clock }: Ecs, { session, opening }: OpenedSession): Promise<void> {
  await store.exec.end(session.id, clock.now().getTime() + remembered, opening);
}

/** To be called when this connection was lost. Where no program runs that could go on, the session ends. */
export async function pauseExecSession({ store, clock }: Ecs, { session, opening }: OpenedSession): Promise<void> {
  const now = clock.now().getTime();
  if (!session.logs && (await store.exec.pause(session.id, opening, now + longestPause))) return;
  await store.exec.end(session.id, now + remembered, opening);
}

/** Ends a session, wherever its connections are; its agent is told. False where it has ended. */
export async function terminateExecSession({ store, clock, wakes }: Ecs, session: ExecSession): Promise<boolean> {
  const now = clock.now().getTime();
  const isTerminated = await store.exec.terminate(session.id, now, now + longestPause);
  wakes.wake(sessionTopic(session.id));
  wakes.wake(ordersTopic(session.instanceArn));
  return isTerminated;
}

/** How a connection's session went on without it: it was ended, or its client has a newer connection. */
export type SessionNews = "ended" | "moved";

/** Calls `onNews` when there is any. Returns what stops the watch. */
export function watchExecSession(
  { store, wakes, timers, onError }: Ecs,
  { session: { id }, opening }: OpenedSession,
  onNews: (news: SessionNews) => void,
): () => void {
  async function look(): Promise<void> {
    const found = await store.exec.find(id);
    if (found === undefined || found.state === "ENDED" || found.state === "ENDING") onNews("ended");
    else if (found.opening !== opening) onNews("moved");
  }
  const looked = () => void look().catch(onError);
  // A wake may be lost.
  const stops = [wakes.on(sessionTopic(id), looked), timers.every(10_000, looked)];
  return () => {
    for (const stop of stops) stop();
  };
}
