import type { WebSocket } from "ws";
import {
  agentPatience,
  type Ecs,
  type ExecSession,
  endExecSession,
  watchExecSession,
} from "../../../services/ecs/index.ts";
import { channelClosed } from "../../../session-manager/message.ts";
import { keepAlive } from "../keep-alive.ts";

/** Bytes that may wait for one side before the other is not read any more. */
const mostUnsent = 1024 * 1024;

const normalClosure = 1000;

/** A client's session of ExecuteCommand: it waits for its agent, and then both are connected. */
export interface Relay {
  readonly session: ExecSession;
  /** True until the agent has joined or the session has ended. */
  isWaiting(): boolean;
  join(agent: WebSocket): void;
  /** Ends it, and shows the client's user why, if `reason` is not empty. */
  end(reason: string): void;
  /** Resolves when it has ended and its row is gone; never rejects. */
  readonly ended: Promise<void>;
}

/** Carries the messages of a session from one side to the other, as they are, at the slower one's pace. */
export function relay(ecs: Ecs, session: ExecSession, client: WebSocket): Relay {
  const { timers, ids, clock } = ecs;
  const over = Promise.withResolvers<void>();
  let agent: WebSocket | undefined;
  let isOver = false;

  function end(reason: string): void {
    if (isOver) return;
    isOver = true;
    const createdAt = clock.now().getTime();
    client.send(channelClosed(session.id, reason, { id: ids.uuid(), createdAt }), () => {});
    for (const socket of [client, agent]) {
      socket?.resume();
      socket?.close(normalClosure);
    }
    over.resolve();
  }

  const cancelWait = timers.after(agentPatience, () => end("The agent of the container's machine did not answer."));
  const stops = [
    cancelWait,
    keepAlive(client, ecs),
    watchExecSession(ecs, session.id, () => end("The session was terminated.")),
  ];
  client.on("close", () => end(""));

  async function ending(): Promise<void> {
    await over.promise;
    for (const stop of stops) stop();
    await endExecSession(ecs, session.id);
  }

  return {
    session,
    isWaiting: () => agent === undefined && !isOver,
    join(joined) {
      agent = joined;
      cancelWait();
      stops.push(keepAlive(joined, ecs));
      joined.on("close", (code, reason) => {
        end(code === normalClosure ? String(reason) : "The connection to the container's machine was lost.");
      });
      carry(client, joined);
      carry(joined, client);
      // Gone meanwhile, its close is not told any more.
      if (joined.readyState !== joined.OPEN) end("The connection to the container's machine was lost.");
      if (isOver) joined.close(normalClosure);
    },
    end,
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
