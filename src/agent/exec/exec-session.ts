import type { Readable } from "node:stream";
import type { Clock } from "../../clock.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import type { Ids } from "../../ids.ts";
import type { Exec, ExecSession } from "../../runtime/exec.ts";
import {
  type HandshakeResult,
  handshakeComplete,
  handshakeRequest,
  readHandshakeResponse,
  readSize,
} from "../../session-manager/handshake.ts";
import { flags, payloadTypes } from "../../session-manager/message.ts";
import { messageStream } from "../../session-manager/stream.ts";
import { type Guard, guardWith } from "./guard.ts";
import type { SessionRecord } from "./record.ts";
import { splitCommand } from "./split-command.ts";

/** A data channel to the client of a session. */
export interface Channel {
  send(bytes: Buffer): void;
  /** Ends the session. The client's user is shown the reason, if it is not empty. */
  close(reason: string): void;
  onMessage(listener: (bytes: Buffer) => void): void;
  /** What was sent meanwhile went nowhere. */
  onResumed(listener: () => void): void;
  /** Aborted when the channel has ended, by whichever side. */
  readonly closed: AbortSignal;
}

export interface ExecSessionOptions {
  readonly exec: Exec;
  /** The runtime's id of the container. */
  readonly container: string;
  readonly command: string;
  readonly sessionId: string;
  /** The session goes on however long nothing is typed or printed. */
  readonly mayIdle?: boolean;
  /** The KMS key that the session is encrypted with, and who decrypts its data key; none for a session in the clear. */
  readonly encryption?: { readonly kmsKeyId: string; decrypt(dataKey: Buffer): Promise<Buffer> };
  /** Keeps what the program prints, once it could begin to. */
  openRecord?(): Promise<SessionRecord>;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
}

/** Marks the programs of a session, in their environment. Ends in "=", so that no other name begins with it. */
export const sessionMark = "SEALIFT_EXEC_SESSION=";

/** Milliseconds without input and output after which a session ends: AWS's, which cannot be changed either. */
const idleTimeout = 20 * 60_000;

/** Milliseconds that a client may take over its side of the handshake. */
const handshakePatience = 15_000;

/** Milliseconds for which the program's start waits for the size of the client's terminal. */
const sizePatience = 500;

/** Milliseconds after which a message that was not acknowledged is sent again, and between two looks for one. */
const sendAgainAfter = 500;
const sendAgainInterval = 250;

/** Milliseconds for which the last output may wait for its acknowledgement. */
const lastPatience = 5_000;

/** Bytes of output in one message. */
const largestOutput = 8 * 1024;

const encrypted = "This session is encrypted using AWS KMS.";

const usualSize = { columns: 80, rows: 24 };

/** Runs a program in a container for a client at the other end of a data channel, until either ends. Never rejects. */
export async function runExecSession(options: ExecSessionOptions): Promise<void> {
  const { channel, timers, clock } = options;
  const over = new AbortController();
  channel.closed.addEventListener("abort", () => over.abort(), { once: true });
  /** What the client's user is told of the end. */
  let told = "";
  function end(reason: string): void {
    if (!over.signal.aborted) told = reason;
    over.abort();
  }

  const answered = Promise.withResolvers<boolean>();
  const sized = Promise.withResolvers<void>();
  /** The program, or that there will be none. */
  const started = Promise.withResolvers<ExecSession | undefined>();
  let client: Pick<HandshakeResult, "isOwnClient" | "isPlain"> = { isOwnClient: false, isPlain: false };
  let guard: Guard | undefined;
  let record: SessionRecord | undefined;
  let size = usualSize;
  let program: ExecSession | undefined;
  let hasEnded = false;
  let isIdle = true;

  async function receive(type: number, payload: Buffer): Promise<void> {
    if (type === payloadTypes.handshakeResponse) {
      const result = readHandshakeResponse(payload);
      client = result;
      const problem = result.problem ?? (await prepare(result.dataKey));
      if (problem !== undefined) end(problem);
      else if (guard) return stream.send(payloadTypes.challengeRequest, guard.challenge());
      return answered.resolve(problem === undefined);
    }
    if (type === payloadTypes.challengeResponse) {
      const isMet = guard?.isMet(payload) ?? false;
      if (!isMet) end("The client does not have the session's data key");
      return answered.resolve(isMet);
    }
    if (type === payloadTypes.size) {
      const given = readSize(payload);
      if (!given) return;
      size = { columns: given.cols, rows: given.rows };
      sized.resolve();
      await program?.resize(size);
    } else if (type === payloadTypes.flag) {
      const flag = payload.length === 4 ? payload.readUInt32BE(0) : 0;
      if (flag === flags.terminateSession) end("");
      if (flag === flags.endOfInput && client.isPlain) (await started.promise)?.stdin.end();
    } else if (type === payloadTypes.data) {
      isIdle = false;
      await write(await started.promise, guard?.cipher.decrypt(payload) ?? payload, over.signal);
    }
  }

  /** What has to be there before the program starts; resolves to why it is not. */
  async function prepare(dataKey: Buffer | undefined): Promise<string | undefined> {
    const { encryption, openRecord } = options;
    try {
      if (encryption) {
        if (!dataKey) return "The client made no data key for the encrypted session";
        guard = guardWith(await encryption.decrypt(dataKey));
      }
      record = await openRecord?.();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  function print(type: number, data: Buffer): void {
    record?.write(data);
    stream.send(type, guard?.cipher.encrypt(data) ?? data);
  }

  const stream = messageStream({
    sends: "output_stream_data",
    transmit: channel.send,
    receive,
    onError: () => end("The session failed"),
    now: () => clock.now().getTime(),
    newId: options.ids.uuid,
  });
  channel.onMessage((bytes) => {
    if (!stream.take(bytes)) end("The client sent what is no message");
  });
  channel.onResumed(stream.resend);
  const stops = [
    timers.every(sendAgainInterval, () => stream.sendAgain(sendAgainAfter)),
    options.mayIdle
      ? () => {}
      : watchIdle(
          timers,
          () => {
            const wasIdle = isIdle;
            isIdle = true;
            return wasIdle;
          },
          () => end("Your session timed out due to inactivity."),
        ),
  ];

  async function shakeHands(): Promise<boolean> {
    const since = clock.now().getTime();
    stream.send(payloadTypes.handshakeRequest, handshakeRequest(options.encryption?.kmsKeyId));
    const late = pause(timers, handshakePatience, over.signal).then(() => false);
    if (!(await Promise.race([answered.promise, late]))) {
      end("The client did not answer");
      return false;
    }
    stream.send(
      payloadTypes.handshakeComplete,
      handshakeComplete(clock.now().getTime() - since, guard ? encrypted : ""),
    );
    if (!client.isPlain) await Promise.race([sized.promise, pause(timers, sizePatience, over.signal)]);
    return !over.signal.aborted;
  }

  async function start(): Promise<ExecSession | undefined> {
    try {
      return await options.exec.start(options.container, {
        command: splitCommand(options.command),
        ...(!client.isPlain && { terminal: size }),
        stdin: true,
        user: "0",
        environment: environmentOf(options.sessionId),
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      print(
        client.isPlain ? payloadTypes.errors : payloadTypes.data,
        Buffer.from(`Unable to start command: ${reason}\r\n`),
      );
      if (client.isOwnClient) stream.send(payloadTypes.exitCode, Buffer.from("126"));
      return undefined;
    }
  }

  async function pumpOutput(output: Readable, type: number): Promise<void> {
    for await (const piece of output as AsyncIterable<Buffer>) {
      isIdle = false;
      for (let begin = 0; begin < piece.length; begin += largestOutput) {
        await stream.ready();
        if (over.signal.aborted) return;
        print(type, piece.subarray(begin, begin + largestOutput));
      }
    }
  }

  async function pump(from: ExecSession): Promise<void> {
    const outputs = [pumpOutput(from.stdout, payloadTypes.data)];
    if (client.isPlain) outputs.push(pumpOutput(from.stderr, payloadTypes.errors));
    else from.stderr.resume();
    await Promise.all(outputs);
    if (over.signal.aborted) return;
    const code = await from.exitCode;
    hasEnded = true;
    if (client.isOwnClient) stream.send(payloadTypes.exitCode, Buffer.from(String(code)));
  }

  async function run(): Promise<void> {
    if (!(await shakeHands())) return;
    program = await start();
    started.resolve(program);
    if (!program) return;
    const running = program;
    const hungUp = new Promise<void>((resolve) => {
      if (over.signal.aborted) resolve();
      over.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    // Its end by force is no news: this side ended it.
    await Promise.race([pump(running).catch((error: unknown) => end(String(error))), hungUp]);
  }

  try {
    await run();
    if (!over.signal.aborted) {
      await Promise.race([stream.acknowledged(), pause(timers, lastPatience, over.signal)]);
    }
  } finally {
    for (const stop of stops) stop();
    started.resolve(undefined);
    stream.close();
    channel.close(told);
    await record?.close();
    // What a program that ended by itself left in the background goes on, as after a logout.
    if (program && !hasEnded) await hangUp(options, program);
  }
}

/** Ends the program and those that it started, as if its terminal had gone. */
async function hangUp({ exec, container, sessionId }: ExecSessionOptions, program: ExecSession): Promise<void> {
  for (const output of [program.stdout, program.stderr]) output.on("error", () => {}).resume();
  await exec.endMarked(container, sessionMark + sessionId).catch(() => {}); // the container may be gone
  await program[Symbol.asyncDispose]();
}

function environmentOf(sessionId: string): Record<string, string> {
  // TERM and LANG as AWS's SSM agent sets them.
  return { TERM: "xterm-256color", LANG: "C.UTF-8", [sessionMark.slice(0, -1)]: sessionId };
}

/** Resolves when the program has room for more input, or will never read it. */
async function write(program: ExecSession | undefined, data: Buffer, signal: AbortSignal): Promise<void> {
  const { stdin } = program ?? {};
  if (!stdin?.writable || signal.aborted || stdin.write(data)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stdin.off("drain", done).off("close", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    stdin.on("drain", done).on("close", done);
    signal.addEventListener("abort", done);
  });
}

/** Looks every minute whether anything happened since the look before. */
function watchIdle(timers: Timers, wasIdle: () => boolean, onTimeout: () => void): () => void {
  const minute = 60_000;
  let idleFor = 0;
  return timers.every(minute, () => {
    idleFor = wasIdle() ? idleFor + minute : 0;
    if (idleFor >= idleTimeout) onTimeout();
  });
}
