import type { WebSocket } from "ws";
import type { Ecs } from "../../services/ecs/index.ts";

/** Milliseconds between looks at whether a connected agent is still allowed its connection. */
export const authorizationInterval = 30_000;

/** Milliseconds between pings, and pings in a row that go unanswered before the agent is taken for dead. */
export const pingInterval = 5_000;
export const mostUnanswered = 3;

/** WebSocket close codes. */
export const goingAway = 1001;
export const unsupportedData = 1003;
export const policyViolation = 1008;

/** Calls `onDenied` when the policies that allowed a connection have changed: it may last for months. */
export function whileAllowed(
  { timers, onError }: Ecs,
  isStillAllowed: () => Promise<boolean>,
  onDenied: () => void,
): () => void {
  return timers.every(authorizationInterval, () => {
    isStillAllowed().then((allowed) => allowed || onDenied(), onError);
  });
}

/** Ends the connection of an agent that answers no pings: its machine is gone, or its process is frozen. */
export function keepAlive(socket: WebSocket, { timers }: Ecs): () => void {
  let unanswered = 0;
  const onSign = () => {
    unanswered = 0;
  };
  for (const sign of ["pong", "ping", "message"]) socket.on(sign, onSign);
  // Pings are counted rather than time: when this process itself was held up, the answers are still to be read.
  return timers.every(pingInterval, () => {
    if (unanswered++ >= mostUnanswered) socket.terminate();
    else socket.ping();
  });
}
