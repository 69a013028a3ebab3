import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { WebSocket } from "ws";
import type { Clock } from "../../clock.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { signedUrl } from "../link/sign.ts";

export interface ConnectOptions {
  /** Where the control plane answers. The client of a session waits at one of its servers, which may be any. */
  readonly endpoints: readonly string[];
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Milliseconds for which a server is looked for that knows the session, and between two rounds of the endpoints. */
const patience = 30_000;
const betweenRounds = 250;

/** Bytes; a client's messages are what is typed. */
const largestMessage = 1024 * 1024;

/**
 * Opens the agent's end of a session's data channel at the server where its client waits: the others answer that they do not know
 * the session. `undefined` where none does, or `signal` was aborted.
 */
export async function openAgentEnd(
  options: ConnectOptions,
  sessionId: string,
  signal: AbortSignal,
): Promise<WebSocket | undefined> {
  const { clock, timers } = options;
  const until = clock.now().getTime() + patience;
  while (!signal.aborted && clock.now().getTime() < until) {
    for (const endpoint of options.endpoints) {
      const socket = await open(options, endpoint, sessionId);
      if (socket) return socket;
      if (signal.aborted) return undefined;
    }
    await pause(timers, betweenRounds, signal);
  }
  return undefined;
}

async function open(options: ConnectOptions, endpoint: string, sessionId: string): Promise<WebSocket | undefined> {
  const path = `v1/data-channel/${sessionId}`;
  const { url, headers } = await signedUrl(options, endpoint, { role: "agent" }, path);
  const socket = new WebSocket(url, { headers, handshakeTimeout: 10_000, maxPayload: largestMessage });
  return new Promise((resolve) => {
    // The first message may come together with the handshake's end.
    socket.on("open", () => {
      socket.pause();
      resolve(socket);
    });
    socket.on("error", () => resolve(undefined));
  });
}
