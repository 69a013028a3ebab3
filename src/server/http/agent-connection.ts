import type { WebSocket } from "ws";
import { readAgentMessage } from "../../acs/agent-message.ts";
import { acsSession, type Ecs } from "../../services/ecs/index.ts";
import { goingAway, keepAlive, policyViolation, unsupportedData, whileAllowed } from "./keep-alive.ts";
import type { Admission } from "./poll-admission.ts";

/** Bytes that may wait for an agent that does not read. */
const mostUnsent = 16 * 1024 * 1024;

/** An agent's open connection. */
export interface AgentConnection {
  /** Closes it because this server stops: the agent still counts as connected. */
  leave(): void;
  /** Resolves when the connection has ended and that is stored; never rejects. */
  readonly ended: Promise<void>;
}

/** Serves an agent over its WebSocket. From `isLeaving` on, an agent that goes still counts as connected. */
export function serveAgent(
  ecs: Ecs,
  { containerInstance, versions, isStillAllowed }: Admission,
  socket: WebSocket,
  isLeaving: () => boolean,
): AgentConnection {
  const over = Promise.withResolvers<void>();
  socket.on("error", () => socket.terminate());
  socket.on("close", () => over.resolve());
  // Until the session is open, the agent's messages wait in the operating system.
  socket.pause();

  function send(message: object): void {
    if (socket.bufferedAmount > mostUnsent) socket.terminate();
    else socket.send(JSON.stringify(message), () => {});
  }

  let isWarned = false;
  /** Once a connection, so that an agent cannot fill the log. */
  function warn(): void {
    if (!isWarned) ecs.log.warn({ containerInstance }, "The agent sends malformed messages; they are passed over");
    isWarned = true;
  }

  async function serve(): Promise<void> {
    const close = (reason: string) => socket.close(policyViolation, reason);
    const session = await acsSession(ecs, containerInstance, { send, close }, versions);
    if (!session) {
      socket.resume();
      return close("The container instance is not registered");
    }
    socket.on("message", (data) => {
      const message = readAgentMessage(String(data));
      if (message === "unreadable") socket.close(unsupportedData, "Cannot read the message");
      else if (message === "malformed") warn();
      else if (message !== "ignored") session.receive(message);
    });
    const stops = [
      keepAlive(socket, ecs),
      whileAllowed(ecs, isStillAllowed, () => close("The container instance may not poll any more")),
    ];
    socket.resume();
    await over.promise;
    for (const stop of stops) stop();
    await (isLeaving() ? session.left() : session.closed());
  }

  return {
    leave() {
      socket.close(goingAway, "The server stops");
      over.resolve();
    },
    ended: serve().catch((error: unknown) => {
      socket.terminate();
      ecs.onError(error);
    }),
  };
}
