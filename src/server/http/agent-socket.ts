import type { WebSocket } from "ws";
import type { Ecs } from "../../services/ecs/index.ts";
import { goingAway, keepAlive, policyViolation, whileAllowed } from "./keep-alive.ts";
import type { Admission } from "./poll-admission.ts";

/** An agent's open connection. */
export interface AgentConnection {
  /** Closes it because this server stops: the agent still counts as connected. */
  leave(): void;
  /** Resolves when the connection has ended and that is stored; never rejects. */
  readonly ended: Promise<void>;
}

/** What a connection's own protocol has at hand. */
export interface AgentSocket {
  /** Ends the connection where too much waits for an agent that does not read. */
  send(message: object): void;
  close(reason: string): void;
  /** Writes to the log once a connection, so that an agent cannot fill it. */
  warn(about: object, message: string): void;
  /** Reads on, until the connection has ended. */
  open(): Promise<void>;
}

export interface AgentSocketOptions extends Pick<Admission, "containerInstance" | "isStillAllowed"> {
  /** Bytes that may wait for an agent that does not read. */
  readonly mostUnsent: number;
  /** Why the connection is closed once the policies do not allow it any more. */
  readonly denial: string;
}

/** Keeps one of an agent's connections alive and allowed while `serve` speaks its protocol. */
export function agentSocket(
  ecs: Ecs,
  socket: WebSocket,
  { containerInstance, isStillAllowed, mostUnsent, denial }: AgentSocketOptions,
  serve: (agent: AgentSocket) => Promise<void>,
): AgentConnection {
  const over = Promise.withResolvers<void>();
  socket.on("error", () => socket.terminate());
  socket.on("close", () => over.resolve());
  // Until it is opened, the agent's messages wait in the operating system.
  socket.pause();

  function send(message: object): void {
    if (socket.bufferedAmount > mostUnsent) socket.terminate();
    else socket.send(JSON.stringify(message), () => {});
  }

  const close = (reason: string) => socket.close(policyViolation, reason);

  let isWarned = false;
  function warn(about: object, message: string): void {
    if (!isWarned) ecs.log.warn({ containerInstance, ...about }, message);
    isWarned = true;
  }

  async function open(): Promise<void> {
    const stops = [keepAlive(socket, ecs), whileAllowed(ecs, isStillAllowed, () => close(denial))];
    socket.resume();
    await over.promise;
    for (const stop of stops) stop();
  }

  return {
    leave() {
      socket.close(goingAway, "The server stops");
      over.resolve();
    },
    ended: serve({ send, close, warn, open }).catch((error: unknown) => {
      socket.terminate();
      ecs.onError(error);
    }),
  };
}
