import type { WebSocket } from "ws";
import { readAgentMessage } from "../../acs/agent-message.ts";
import { acsSession, type Ecs } from "../../services/ecs/index.ts";
import { type AgentConnection, agentSocket } from "./agent-socket.ts";
import { unsupportedData } from "./keep-alive.ts";
import type { Admission } from "./poll-admission.ts";

/** Bytes that may wait for an agent that does not read. */
const mostUnsent = 16 * 1024 * 1024;

/** Serves an agent over its WebSocket. From `isLeaving` on, an agent that goes still counts as connected. */
export function serveAgent(
  ecs: Ecs,
  { containerInstance, versions, isStillAllowed }: Admission,
  socket: WebSocket,
  isLeaving: () => boolean,
): AgentConnection {
  const denial = "The container instance may not poll any more";
  return agentSocket(ecs, socket, { containerInstance, isStillAllowed, mostUnsent, denial }, async (agent) => {
    const { send, close, warn } = agent;
    const session = await acsSession(ecs, containerInstance, { send, close }, versions);
    if (!session) {
      socket.resume();
      return close("The container instance is not registered");
    }
    socket.on("message", (data) => {
      const message = readAgentMessage(String(data));
      if (message === "unreadable") socket.close(unsupportedData, "Cannot read the message");
      else if (message === "malformed") warn({}, "The agent sends malformed messages; they are passed over");
      else if (message !== "ignored") session.receive(message);
    });
    await agent.open();
    await (isLeaving() ? session.left() : session.closed());
  });
}
