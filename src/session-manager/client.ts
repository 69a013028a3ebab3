import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { type SessionCipher, sessionCipher } from "./encryption.ts";
import {
  type ChannelSize,
  challenge,
  customerMessage,
  handshakeResponse,
  openDataChannel,
  readChallenge,
  writeSize,
} from "./handshake.ts";
import { flags, messageTypes, payloadTypes, readJson } from "./message.ts";
import { messageStream } from "./stream.ts";

export interface ClientOptions {
  /** `streamUrl` and `tokenValue` of ExecuteCommand's answer. */
  readonly url: string;
  readonly token: string;
  /** Shows what the program prints; further output waits until it resolves. */
  output(data: Buffer): void | Promise<void>;
  /** Gives the program no terminal, and shows what it prints to its second output. */
  readonly errors?: (data: Buffer) => void | Promise<void>;
  /** Makes a data key of 64 bytes for an encrypted session; the session does not begin where it rejects. */
  makeDataKey?(kmsKeyId: string): Promise<{ readonly plaintext: Buffer; readonly ciphertext: Buffer }>;
}

/** How a session ended. */
export interface ClientEnd {
  /** The program's; `undefined` where it is not known. */
  readonly exitCode: number | undefined;
  /** What the service says of the end; empty where the program ended by itself. */
  readonly reason: string;
}

/** The client of a session, which AWS's session-manager-plugin otherwise is. */
export interface Client {
  /** Resolves when the program is about to start, or the session has ended. */
  readonly ready: Promise<void>;
  /** Sends what was typed; resolves when there is room for more. */
  type(data: Buffer): Promise<void>;
  /** Ends the input of a program without a terminal. */
  endInput(): Promise<void>;
  /** Tells the size of the terminal, as soon as the session is ready. */
  resize(size: ChannelSize): void;
  /** Ends the session and the program. */
  terminate(): void;
  /** Never rejects. */
  readonly ended: Promise<ClientEnd>;
}

/** Milliseconds after which a message that was not acknowledged is sent again, and between two looks for one. */
const sendAgainAfter = 1_000;
const sendAgainInterval = 250;

/** Bytes of input in one message. */
const largestInput = 1024;

export function openClient({ url, token, output, errors, makeDataKey }: ClientOptions): Client {
  const socket = new WebSocket(url, { handshakeTimeout: 10_000, maxPayload: 1024 * 1024 });
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<ClientEnd>();
  let exitCode: number | undefined;
  let cipher: SessionCipher | undefined;

  function end(reason: string): void {
    clearInterval(again);
    stream.close();
    ready.resolve();
    ended.resolve({ exitCode, reason });
    socket.close();
  }

  async function receive(type: number, payload: Buffer): Promise<void> {
    if (type === payloadTypes.handshakeRequest) {
      const response = await handshakeResponse(payload, {
        isPlain: errors !== undefined,
        ...(makeDataKey && { makeDataKey: makeKey }),
      });
      stream.send(payloadTypes.handshakeResponse, response);
    } else if (type === payloadTypes.challengeRequest && cipher) {
      const answer = cipher.encrypt(cipher.decrypt(readChallenge(payload)));
      stream.send(payloadTypes.challengeResponse, challenge(answer));
    } else if (type === payloadTypes.handshakeComplete) {
      const message = customerMessage(payload);
      if (message !== "") await output(Buffer.from(`${message}\r\n`));
      ready.resolve();
    } else if (type === payloadTypes.exitCode) exitCode = Number(payload);
    else if (type === payloadTypes.data) await output(cipher?.decrypt(payload) ?? payload);
    else if (type === payloadTypes.errors) await errors?.(cipher?.decrypt(payload) ?? payload);
  }

  async function makeKey(kmsKeyId: string): Promise<Buffer> {
    if (!makeDataKey) throw new Error("There is nobody who makes data keys");
    const { plaintext, ciphertext } = await makeDataKey(kmsKeyId);
    cipher = sessionCipher(plaintext, "client");
    return ciphertext;
  }

  function flag(value: number): void {
    const payload = Buffer.alloc(4);
    payload.writeUInt32BE(value);
    stream.send(payloadTypes.flag, payload);
  }

  const stream = messageStream({
    sends: messageTypes.input,
    transmit: (bytes) => socket.send(bytes, () => {}),
    receive,
    onError: (error) => end(String(error)),
    onOther({ type, payload }) {
      if (type === messageTypes.closed) end(String(readJson(payload).Output ?? ""));
    },
    now: Date.now,
    newId: randomUUID,
  });
  const again = setInterval(() => stream.sendAgain(sendAgainAfter), sendAgainInterval);
  socket.on("open", () => socket.send(openDataChannel(token, randomUUID(), randomUUID())));
  socket.on("message", (data, isBinary) => {
    if (isBinary) stream.take(data as Buffer);
  });
  socket.on("error", (error) => end(`Cannot reach the session: ${error.message}`));
  socket.on("close", (_code, reason) => end(String(reason) || "The connection was lost"));

  return {
    ready: ready.promise,
    async type(data) {
      for (let begin = 0; begin < data.length; begin += largestInput) {
        await stream.ready();
        const piece = data.subarray(begin, begin + largestInput);
        stream.send(payloadTypes.data, cipher?.encrypt(piece) ?? piece);
      }
    },
    async endInput() {
      await stream.ready();
      flag(flags.endOfInput);
    },
    resize: (size) => void ready.promise.then(() => stream.send(payloadTypes.size, writeSize(size))),
    terminate() {
      if (socket.readyState !== WebSocket.OPEN) return socket.terminate();
      flag(flags.terminateSession);
    },
    ended: ended.promise,
  };
}
