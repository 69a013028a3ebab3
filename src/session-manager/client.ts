import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
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
  /** A new address and token where the connection was lost; `undefined` where the session has ended. Without it, none is resumed. */
  resume?(): Promise<Pick<ClientOptions, "url" | "token"> | undefined>;
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

/** How often a lost connection is made anew before it is given up, and milliseconds before the first time, twice as many before each next. */
const mostResumes = 5;
const resumeDelay = 200;

/** A WebSocket's close codes of a session that is over. */
const normalClosures = [1000, 1008];

export function openClient({ url, token, output, errors, resume, makeDataKey }: ClientOptions): Client {
  let socket: WebSocket;
  let isOver = false;
  let failures = 0;
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<ClientEnd>();
  let exitCode: number | undefined;
  let cipher: SessionCipher | undefined;

  function end(reason: string): void {
    isOver = true;
    clearInterval(again);
    stream.close();
    ready.resolve();
    ended.resolve({ exitCode, reason });
    socket.close();
  }

  function open(to: Pick<ClientOptions, "url" | "token">): void {
    const opened = new WebSocket(to.url, { handshakeTimeout: 10_000, maxPayload: 1024 * 1024 });
    let failure = "The connection was lost";
    socket = opened;
    opened.on("open", () => {
      opened.send(openDataChannel(to.token, randomUUID(), randomUUID()));
      stream.resend();
    });
    opened.on("message", (data, isBinary) => {
      failures = 0;
      if (isBinary) stream.take(data as Buffer);
    });
    opened.on("error", (error) => {
      failure = `Cannot reach the session: ${error.message}`;
    });
    opened.on("close", (code, reason) => {
      if (isOver) return;
      if (normalClosures.includes(code) || !resume || failures >= mostResumes) return end(String(reason) || failure);
      void openAgain(resume).catch((error: unknown) => end(`Cannot resume the session: ${error}`));
    });
  }

  async function openAgain(ask: NonNullable<typeof resume>): Promise<void> {
    for (;;) {
      await sleep(resumeDelay * 2 ** failures++);
      if (isOver) return;
      try {
        const to = await ask();
        if (isOver) return;
        return to ? open(to) : end("The session has ended");
      } catch (error) {
        if (failures >= mostResumes) throw error;
      }
    }
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
    transmit(bytes) {
      // What is lost is sent again.
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes, () => {});
    },
    receive,
    onError: (error) => end(String(error)),
    onOther({ type, payload }) {
      if (type === messageTypes.closed) end(String(readJson(payload).Output ?? ""));
    },
    now: Date.now,
    newId: randomUUID,
  });
  const again = setInterval(() => stream.sendAgain(sendAgainAfter), sendAgainInterval);
  open({ url, token });

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
      if (socket.readyState !== WebSocket.OPEN) return end("");
      flag(flags.terminateSession);
    },
    ended: ended.promise,
  };
}
