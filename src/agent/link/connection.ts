import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { Clock } from "../../clock.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { growingDelay } from "./growing-delay.ts";
import type { SignedUrl } from "./sign.ts";

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly timers: Timers;
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

/** Sends a text; does nothing once the connection is lost. */
export type SendText = (text: string) => void;

export interface Conversation {
  /** Where the next connection goes to. */
  target(signal: AbortSignal): Promise<Target>;
  /** Called when a connection was made, and with each of its messages. */
  onOpen?(send: SendText): void;
  onText(text: string, send: SendText): void;
  /** Called when a connection that was made has ended. */
  onEnd?(): void;
}

export interface Target {
  open(): Promise<SignedUrl>;
  /** To be called once it was left, or could not be reached. */
  lost(): void;
}

/** Keeps a WebSocket to the control plane until it is disposed of. After one is lost, or could not be made, the next is tried. */
export function keepConnection(options: ConnectionOptions, conversation: Conversation): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    const lost = growingDelay(options.minimumDelay, options.maximumDelay);
    const turnedAway = growingDelay(options.minimumDelay, options.maximumTurnedAwayDelay);
    while (!signal.aborted) {
      const since = now();
      const { reason, isTurnedAway } = await converse(options, conversation, signal, lost.reset).catch(
        (error: unknown) => ({
          reason: String(error),
          isTurnedAway: false,
        }),
      );
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
async function converse(
  options: ConnectionOptions,
  conversation: Conversation,
  signal: AbortSignal,
  onHeard: () => void,
): Promise<Ending> {
  const target = await conversation.target(signal);
  try {
    return await talk(options, conversation, await target.open(), signal, onHeard);
  } finally {
    if (!signal.aborted) target.lost();
  }
}

async function talk(
  options: ConnectionOptions,
  conversation: Conversation,
  { url, headers }: SignedUrl,
  signal: AbortSignal,
  onHeard: () => void,
): Promise<Ending> {
  // Listened to from the start: the first message may arrive together with the handshake's end.
  const socket = new WebSocket(url, { headers, handshakeTimeout: 10_000, maxPayload: 16 * 1024 * 1024 });
  const send: SendText = (text) => socket.send(text, () => {});
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
      conversation.onText(String(data), send);
    });
    socket.on("ping", heard);
    socket.on("open", () => conversation.onOpen?.(send));
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
      conversation.onEnd?.();
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
