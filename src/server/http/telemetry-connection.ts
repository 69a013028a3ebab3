import type { WebSocket } from "ws";
import { readSignedFrame } from "../../acs/signed-frame.ts";
import { type AgentTelemetry, readTelemetry, type TelemetryRefusal } from "../../acs/telemetry-message.ts";
import { inOrder } from "../../concurrency/in-order.ts";
import { ApiError } from "../../model/api-error.ts";
import { type Ecs, telemetrySession } from "../../services/ecs/index.ts";
import { type AgentConnection, agentSocket } from "./agent-socket.ts";
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

  const denial = "The container instance may not tell telemetry any more";
  return agentSocket(ecs, socket, { containerInstance, isStillAllowed, mostUnsent, denial }, async (agent) => {
    const { send, close, warn } = agent;
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
        if (!("metadata" in message.message)) {
          warn({ reason: message.message.message }, "The agent's telemetry is refused");
        }
        session.receive(message, text.length);
      });
      if (!isTaken) close("Too many messages");
    });
    await agent.open();
    await unverified.idle();
    await session.closed();
  });
}

function refused(message: string): TelemetryRefusal {
  return { type: "BadRequestException", message: { message } };
}
