import type { WebSocket } from "ws";
import { readSignedFrame } from "../../acs/signed-frame.ts";
import type { TelemetryMessage } from "../../acs/telemetry.ts";
import { type AgentTelemetry, readTelemetry, type TelemetryRefusal } from "../../acs/telemetry-message.ts";
import { inOrder } from "../../concurrency/in-order.ts";
import { ApiError } from "../../model/api-error.ts";
import { type Ecs, telemetrySession } from "../../services/ecs/index.ts";
import type { AgentConnection } from "./agent-connection.ts";
import { goingAway, keepAlive, policyViolation, whileAllowed } from "./keep-alive.ts";
import type { Admission } from "./poll-admission.ts";

/** Bytes that may wait for an agent that does not read: acknowledgements only. */
const mostUnsent = 1024 * 1024;

/** Bytes of messages whose signatures may wait to be verified. */
const mostUnverified = 4 * 1024 * 1024;

/** Serves an agent's telemetry over its WebSocket. */
export function serveTelemetry(
  ecs: Ecs,
  { containerInstance, isStillAllowed, verify }: Admission,
  socket: WebSocket,
): AgentConnection {
  const over = Promise.withResolvers<void>();
  socket.on("error", () => socket.terminate());
  socket.on("close", () => over.resolve());
  // Until the session is open, the agent's messages wait in the operating system.
  socket.pause();

  function send(message: TelemetryMessage): void {
    if (socket.bufferedAmount > mostUnsent) socket.terminate();
    else socket.send(JSON.stringify(message), () => {});
  }

  let isWarned = false;
  /** Once a connection, so that an agent cannot fill the log. */
  function warn(reason: string): void {
    if (!isWarned) ecs.log.warn({ containerInstance, reason }, "The agent's telemetry is refused");
    isWarned = true;
  }

  async function read(text: string): Promise<AgentTelemetry | TelemetryRefusal> {
    const frame = readSignedFrame(text);
    if (!frame) return refused("The message has no header lines");
    try {
      await verify(frame.headers, frame.body);
    } catch (error) {
      if (error instanceof ApiError) return refused(error.message);
      throw error;
    }
    return readTelemetry(frame.body);
  }

  async function serve(): Promise<void> {
    const close = (reason: string) => socket.close(policyViolation, reason);
    const session = await telemetrySession(ecs, containerInstance, { send, close });
    if (!session) {
      socket.resume();
      return close("The container instance is not registered");
    }
    const unverified = inOrder(mostUnverified, (error) => {
      ecs.onError(error);
      send({ type: "ServerException", message: { message: "The message could not be read; send it again later" } });
    });
    socket.on("message", (data) => {
      const text = String(data);
      const isTaken = unverified.add(text.length, async () => {
        const message = await read(text);
        if (!("metadata" in message.message)) warn(message.message.message);
        session.receive(message, text.length);
      });
      if (!isTaken) close("Too many messages");
    });
    const stops = [
      keepAlive(socket, ecs),
      whileAllowed(ecs, isStillAllowed, () => close("The container instance may not tell telemetry any more")),
    ];
    socket.resume();
    await over.promise;
    for (const stop of stops) stop();
    await unverified.idle();
    await session.closed();
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

function refused(message: string): TelemetryRefusal {
  return { type: "BadRequestException", message: { message } };
}
