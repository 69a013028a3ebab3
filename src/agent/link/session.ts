import type { IncomingMessage } from "node:http";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { WebSocket } from "ws";
import type { AcsMessage, AcsMessages, AcsMessageType } from "../../acs/protocol.ts";
import type { Clock } from "../../clock.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import type { ControlPlane, PollEndpoint } from "./control-plane.ts";
import { growingDelay } from "./growing-delay.ts";
import { agentHash, agentVersion } from "./register.ts";
import { type SignedHandshake, signedHandshake } from "./signed-handshake.ts";

export interface SessionOptions {
  readonly controlPlane: Pick<ControlPlane, "discover" | "lost">;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly region: string;
  readonly cluster: string;
  readonly containerInstanceArn: string;
  readonly clock: Clock;
  readonly timers: Timers;
  onMessage(message: AcsMessage, send: Send): void;
  /** Called when a connection is there, before any message. */
  onConnect(send: Send): void;
  /** Called with the error of a message that could not be read or dealt with; the message is passed over. */
  onBadMessage(error: unknown): void;
  /** Called each time a connection is lost or could not be made. */
  onDisconnect(reason: string): void;
  /** Called in place of `onDisconnect` where the control plane ended the connection because it wants this agent's no more. */
  onTurnedAway(reason: string): void;
  /** Milliseconds before connecting again; it doubles up to `maximumDelay` until a message has come. */
  readonly minimumDelay: number;
  readonly maximumDelay: number;
  /**
   * The same for an agent that was turned away. A message does not reset it, but a connection that lasted for twice as long: two
   * agents of one identity displace each other, and each hears messages in between.
   */
  readonly maximumTurnedAwayDelay: number;
  /** Milliseconds without any message or ping after which the connection is taken for dead. */
  readonly silence: number;
}

/** Does nothing once the connection is lost: the control plane sends again what is not acknowledged. */
export type Send = <Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]) => void;

/**
 * Keeps a connection to the Agent Communication Service until it is disposed of. Each connection is made where DiscoverPollEndpoint
 * says; after one is lost, or could not be made, the control plane's next endpoint is asked.
 */
export function keepSession(options: SessionOptions): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    const lost = growingDelay(options.minimumDelay, options.maximumDelay);
    const turnedAway = growingDelay(options.minimumDelay, options.maximumTurnedAwayDelay);
    while (!signal.aborted) {
      const since = now();
      const { reason, isTurnedAway } = await converse(options, signal, lost.reset).catch((error: unknown) => ({
        reason: String(error),
        isTurnedAway: false,
      }));
      if (signal.aborted) return;
      if (now() - since > options.maximumTurnedAwayDelay * 2) turnedAway.reset();
      if (isTurnedAway) options.onTurnedAway(reason);
      else options.onDisconnect(reason);
      await pause(options.timers, (isTurnedAway ? turnedAway : lost).next(), signal);
    }
  }
  const now = () => options.clock.now().getTime();

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}

/** Why a connection ended. */
interface Ending {
  readonly reason: string;
  readonly isTurnedAway: boolean;
}

/** WebSocket's close code of a connection that its other end does not allow. */
const policyViolation = 1008;

/** Connects, and resolves when the connection ends. */
async function converse(options: SessionOptions, signal: AbortSignal, onHeard: () => void): Promise<Ending> {
  const input = { cluster: options.cluster, containerInstance: options.containerInstanceArn };
  const pollEndpoint = await options.controlPlane.discover(input, signal);
  try {
    return await talk(options, await requestTo(options, pollEndpoint), signal, onHeard);
  } finally {
    if (!signal.aborted) options.controlPlane.lost(pollEndpoint);
  }
}

async function talk(
  options: SessionOptions,
  { url, headers }: SignedHandshake,
  signal: AbortSignal,
  onHeard: () => void,
): Promise<Ending> {
  // Listened to from the start: the first message may arrive together with the handshake's end.
  const socket = new WebSocket(url, { headers, handshakeTimeout: 10_000, maxPayload: 16 * 1024 * 1024 });
  const send: Send = (type, message) => socket.send(JSON.stringify({ type, message }), () => {});
  return new Promise((resolve) => {
    let reason: string | undefined;
    let isInactive = false;
    let cancelSilence = () => {};
    const giveUp = (because: string) => {
      reason ??= because;
      socket.terminate();
    };
    const heard = () => {
      cancelSilence();
      cancelSilence = options.timers.after(options.silence, () => giveUp("The control plane fell silent"));
    };
    const close = () => giveUp("The session was closed");
    signal.addEventListener("abort", close);
    socket.on("message", (data) => {
      heard();
      onHeard();
      try {
        options.onMessage(parse(String(data)), send);
      } catch (error) {
        options.onBadMessage(error);
      }
    });
    socket.on("open", () => options.onConnect(send));
    socket.on("ping", heard);
    socket.on("error", (error) => giveUp(error.message));
    socket.on("unexpected-response", (_request, response) => {
      refusalIn(response).then(
        (refusal) => {
          isInactive = refusal?.type === inactiveInstance;
          const text = refusal ? ` ${refusal.type}: ${refusal.message}` : "";
          giveUp(`The control plane answered ${response.statusCode}${text}`);
        },
        (error: Error) => giveUp(error.message),
      );
    });
    socket.on("close", (code, said) => {
      cancelSilence();
      signal.removeEventListener("abort", close);
      const why = said.length > 0 ? `${code}: ${said}` : code;
      resolve({
        reason: reason ?? `The control plane closed the connection (${why})`,
        isTurnedAway: isInactive || (reason === undefined && code === policyViolation),
      });
    });
    heard();
    if (signal.aborted) close();
  });
}

/** The refusal of an instance that is not registered, or not any more. */
const inactiveInstance = "InactiveInstanceException";

/** Bytes of a refusal that are read. */
const longestRefusal = 16 * 1024;

/** What a refused handshake says, if the control plane wrote it. */
async function refusalIn(
  response: IncomingMessage,
): Promise<{ readonly type: string; readonly message: string } | undefined> {
  let text = "";
  for await (const part of response.setEncoding("utf8")) {
    text += part;
    if (text.length > longestRefusal) return undefined;
  }
  const { type, message }: Record<string, unknown> = readObject(text);
  const { message: said }: Record<string, unknown> = Object(message);
  return typeof type === "string" && typeof said === "string" ? { type, message: said } : undefined;
}

function readObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function parse(text: string): AcsMessage {
  try {
    return JSON.parse(text) as AcsMessage;
  } catch {
    // Without the cause: it quotes the text, which may hold credentials.
    throw new Error("Cannot read a message of the control plane: it is no JSON");
  }
}

/** The signed request that opens the WebSocket. */
async function requestTo(options: SessionOptions, pollEndpoint: PollEndpoint): Promise<SignedHandshake> {
  const base = pollEndpoint.url;
  if (!base) throw new Error("Cannot poll: the control plane named no endpoint");
  const url = new URL("ws", base.endsWith("/") ? base : `${base}/`);
  const query = {
    agentHash,
    agentVersion,
    clusterArn: options.cluster,
    containerInstanceArn: options.containerInstanceArn,
    protocolVersion: "2",
    sendCredentials: "true",
    seqNum: "1",
  };
  return signedHandshake(options, url, query);
}
