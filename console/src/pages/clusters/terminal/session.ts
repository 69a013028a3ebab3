import {
  acknowledgementOf,
  type ChannelMessage,
  decodeMessage,
  encodeMessage,
  jsonBytes,
  jsonOf,
  messageTypes,
  newId,
  payloadTypes,
  terminateSession,
  uuidText,
} from "./channel-message.ts";
import { type Cipher, clientCipher } from "./cipher.ts";

export interface SessionOptions {
  /** `streamUrl` and `tokenValue` of ExecuteCommand's answer. */
  readonly url: string;
  readonly token: string;
  output(data: Uint8Array): void;
  onReady(): void;
  /** Called once. `reason` is what the service says of the end; empty where the program ended by itself. */
  onEnd(end: { readonly exitCode: number | undefined; readonly reason: string }): void;
  /** Makes a data key for a session that is to be encrypted. */
  makeDataKey(kmsKeyId: string): Promise<{ readonly plaintext: Uint8Array; readonly ciphertext: string }>;
}

export interface Session {
  type(data: Uint8Array): void;
  resize(size: { readonly cols: number; readonly rows: number }): void;
  /** Ends the session and the program. */
  close(): void;
}

/** The client's name, by which the agent knows that it takes the program's exit code as a message. */
const client = "sealift";

/** Bytes of input in one message. */
const largestInput = 1024;

/** Milliseconds after which what was not acknowledged is sent again. */
const sendAgainAfter = 1_000;

/** Opens the terminal of a command that ExecuteCommand began. */
export function openSession(options: SessionOptions): Session {
  const socket = new WebSocket(options.url);
  socket.binaryType = "arraybuffer";
  let cipher: Cipher | undefined;
  let exitCode: number | undefined;
  let isEnded = false;
  let nextSent = 0;
  let nextTaken = 0;
  const waiting = new Map<number, ChannelMessage>();
  const unacknowledged = new Map<number, { readonly message: ChannelMessage; sentAt: number }>();
  /** What came, and what is typed, each in its order: to encrypt and to decrypt take time. */
  let incoming = Promise.resolve();
  let outgoing = Promise.resolve();

  const again = setInterval(() => {
    const [oldest] = unacknowledged.values();
    if (!oldest || Date.now() - oldest.sentAt < sendAgainAfter) return;
    oldest.sentAt = Date.now();
    void transmit(oldest.message);
  }, sendAgainAfter / 4);

  function end(reason: string): void {
    if (isEnded) return;
    isEnded = true;
    clearInterval(again);
    socket.close();
    options.onEnd({ exitCode, reason });
  }

  async function transmit(message: ChannelMessage): Promise<void> {
    const bytes = await encodeMessage(message, Date.now());
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
  }

  function send(payloadType: number, payload: Uint8Array, isSealed = false): void {
    outgoing = outgoing.then(async () => {
      const sealed = isSealed && cipher ? await cipher.encrypt(payload) : payload;
      const sequenceNumber = nextSent++;
      const message = { type: messageTypes.input, sequenceNumber, flags: 0, id: newId(), payloadType, payload: sealed };
      unacknowledged.set(sequenceNumber, { message, sentAt: Date.now() });
      await transmit(message);
    });
  }

  async function take(bytes: Uint8Array): Promise<void> {
    const message = await decodeMessage(bytes);
    if (!message || isEnded) return;
    if (message.type === messageTypes.closed) return end(String(jsonOf(message.payload).Output ?? ""));
    if (message.type === messageTypes.acknowledge) {
      unacknowledged.delete(Number(jsonOf(message.payload).AcknowledgedMessageSequenceNumber));
      return;
    }
    if (message.type !== messageTypes.output) return;
    await transmit(acknowledgementOf(message));
    if (message.sequenceNumber >= nextTaken) waiting.set(message.sequenceNumber, message);
    for (let next = waiting.get(nextTaken); next; next = waiting.get(nextTaken)) {
      waiting.delete(nextTaken);
      nextTaken += 1;
      await receive(next);
    }
  }

  async function receive({ payloadType, payload }: ChannelMessage): Promise<void> {
    const opened = async () => (cipher ? cipher.decrypt(payload) : payload);
    if (payloadType === payloadTypes.data) options.output(await opened());
    else if (payloadType === payloadTypes.handshakeRequest) await shakeHands(payload);
    else if (payloadType === payloadTypes.challengeRequest && cipher) await answer(payload, cipher);
    else if (payloadType === payloadTypes.handshakeComplete) {
      const message = jsonOf(payload).CustomerMessage;
      if (typeof message === "string" && message !== "") options.output(new TextEncoder().encode(`${message}\r\n`));
      options.onReady();
    } else if (payloadType === payloadTypes.exitCode) exitCode = Number(new TextDecoder().decode(payload));
  }

  async function shakeHands(request: Uint8Array): Promise<void> {
    const asked = jsonOf(request).RequestedClientActions;
    const actions = [];
    for (const action of (Array.isArray(asked) ? asked : []) as readonly AskedAction[])
      actions.push(await doAction(action));
    const errors = actions.flatMap(({ Error: error }) => (error === "" ? [] : [error]));
    send(
      payloadTypes.handshakeResponse,
      jsonBytes({ ClientVersion: client, ProcessedClientActions: actions, Errors: errors.length > 0 ? errors : null }),
    );
  }

  async function doAction({ ActionType, ActionParameters }: AskedAction) {
    const done = { ActionType, ActionStatus: 1, ActionResult: null, Error: "" };
    if (ActionType === "SessionType") return done;
    if (ActionType !== "KMSEncryption") return { ...done, ActionStatus: 3, Error: "Unsupported action" };
    try {
      const { plaintext, ciphertext } = await options.makeDataKey(String(ActionParameters?.KMSKeyId));
      cipher = await clientCipher(plaintext);
      return { ...done, ActionResult: { KMSCipherTextKey: ciphertext } };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      options.output(new TextEncoder().encode(`${reason}\r\n`));
      return { ...done, ActionStatus: 2, Error: `Failed to process action ${ActionType}: ${reason}` };
    }
  }

  async function answer(request: Uint8Array, { encrypt, decrypt }: Cipher): Promise<void> {
    const asked = Uint8Array.from(atob(String(jsonOf(request).Challenge ?? "")), (letter) => letter.charCodeAt(0));
    const sealed = await encrypt(await decrypt(asked));
    send(payloadTypes.challengeResponse, jsonBytes({ Challenge: btoa(String.fromCharCode(...sealed)) }));
  }

  socket.onopen = () =>
    socket.send(
      JSON.stringify({
        MessageSchemaVersion: "1.0",
        RequestId: uuidText(newId()),
        TokenValue: options.token,
        ClientId: uuidText(newId()),
        ClientVersion: client,
      }),
    );
  socket.onmessage = ({ data }) => {
    if (!(data instanceof ArrayBuffer)) return;
    incoming = incoming.then(() => take(new Uint8Array(data))).catch((error: unknown) => end(String(error)));
  };
  socket.onclose = ({ reason }) => {
    // What came before it is dealt with first.
    incoming = incoming.then(() => end(reason || "The connection was lost"));
  };

  return {
    type(data) {
      for (let begin = 0; begin < data.length; begin += largestInput) {
        send(payloadTypes.data, data.subarray(begin, begin + largestInput), true);
      }
    },
    resize: (size) => send(payloadTypes.size, jsonBytes(size)),
    close() {
      const flag = new Uint8Array(4);
      new DataView(flag.buffer).setUint32(0, terminateSession);
      if (socket.readyState === WebSocket.OPEN) send(payloadTypes.flag, flag);
      else end("");
    },
  };
}

interface AskedAction {
  readonly ActionType?: string;
  readonly ActionParameters?: { readonly KMSKeyId?: string } | null;
}
