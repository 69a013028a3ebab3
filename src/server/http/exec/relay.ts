import type { WebSocket } from "ws";
import {
  agentPatience,
  type Ecs,
  endExecSession,
  type OpenedSession,
  pauseExecSession,
  terminateExecSession,
  watchExecSession,
} from "../../../services/ecs/index.ts";
import { channelClosed } from "../../../session-manager/message.ts";
import { keepAlive } from "../keep-alive.ts";

/** Bytes that may wait for one side before the other is not read any more. */
const mostUnsent = 1024 * 1024;

/** What is to be stored of the end of a connection. */
type Stored = (ecs: Ecs, opened: OpenedSession) => Promise<unknown>;

/** How a WebSocket says that it ends on purpose: its session is over. */
const normalClosures = [1000, 1001, 1005];
const normalClosure = 1000;

/** Tells both sides that the session may go on over other connections. */
const serviceRestart = 1012;

/** One connection of a client of a session: it waits for its agent, and then both are connected. */
export interface Relay {
  readonly opened: OpenedSession;
  /** True until the agent has joined or the connection has ended. */
  isWaiting(): boolean;
  join(agent: WebSocket): void;
  /** Ends the session, and shows the client's user why, if `reason` is not empty. */
  end(reason: string): void;
  /** Ends the connections. The program goes on, and the client may come back with a new token. */
  pause(): void;
  /** Resolves when it has ended and that is stored; never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Carries the messages of a session from one side to the other, as they are, at the slower one's pace. A side that is lost takes the
 * other one's connection with it: both number their messages, and repeat them over the next ones.
 */
export function relay(ecs: Ecs, opened: OpenedSession, client: WebSocket): Relay {
  const { timers, ids, clock } = ecs;
  const over = Promise.withResolvers<Stored>();
  let agent: WebSocket | undefined;
  let isOver = false;

  function close(code: number, stored: Stored): void {
    isOver = true;
    for (const socket of [client, agent]) {
      socket?.resume();
      socket?.close(code);
    }
    over.resolve(stored);
  }

  function end(reason: string): void {
    if (isOver) return;
    const createdAt = clock.now().getTime();
    client.send(channelClosed(opened.session.id, reason, { id: ids.uuid(), createdAt }), () => {});
    // Of a program that runs without a connection, its agent has to be told.
    close(normalClosure, agent ? endExecSession : (of, { session }) => terminateExecSession(of, session));
  }

  function pause(): void {
    if (!isOver) close(serviceRestart, pauseExecSession);
  }

  const cancelWait = timers.after(agentPatience, () => end("The agent of the container's machine did not answer."));
  const stops = [
    cancelWait,
    keepAlive(client, ecs),
    watchExecSession(ecs, opened, (news) => {
      if (news === "ended") end("The session was terminated.");
      else pause();
    }),
  ];
  client.on("close", (code) => {
    if (normalClosures.includes(code)) end("");
    else pause();
  });

  async function ending(): Promise<void> {
    const stored = await over.promise;
    for (const stop of stops) stop();
    await stored(ecs, opened);
  }

  return {
    opened,
    isWaiting: () => agent === undefined && !isOver,
    join(joined) {
      agent = joined;
      cancelWait();
      stops.push(keepAlive(joined, ecs));
      joined.on("close", (code, reason) => {
        if (code === normalClosure) end(String(reason));
        else pause();
      });
      carry(client, joined);
      carry(joined, client);
      // Gone meanwhile, its close is not told any more.
      if (joined.readyState !== joined.OPEN) pause();
      if (isOver) joined.close(serviceRestart);
    },
    end,
    pause,
    ended: ending().catch(ecs.onError),
  };
}

function carry(from: WebSocket, to: WebSocket): void {
  from.on("message", (data, isBinary) => {
    if (!isBinary || to.readyState !== to.OPEN) return;
    to.send(data, () => {
      if (from.isPaused && to.bufferedAmount <= mostUnsent) from.resume();
    });
    if (to.bufferedAmount > mostUnsent) from.pause();
  });
}
