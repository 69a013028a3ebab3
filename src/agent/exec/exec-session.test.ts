import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { randomIds } from "../../ids.ts";
import type { ExecSpec } from "../../runtime/exec.ts";
import { handshakeResponse, writeSize } from "../../session-manager/handshake.ts";
import { payloadTypes } from "../../session-manager/message.ts";
import { messageStream } from "../../session-manager/stream.ts";
import { runExecSession, sessionMark } from "./exec-session.ts";

/** A session whose program is played by the test, and whose client shakes hands and notes what comes. */
function openSession(options: { readonly command?: string; readonly startError?: Error } = {}) {
  const clock = fakeClock();
  const timers = fakeTimers();
  const closed = new AbortController();
  const specs: ExecSpec[] = [];
  const ended: string[] = [];
  const sizes: object[] = [];
  const reasons: string[] = [];
  const received: (readonly [number, string])[] = [];
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const exit = Promise.withResolvers<number>();
  exit.promise.catch(() => {});
  let toAgent: (bytes: Buffer) => void = () => {};
  let resumed = () => {};
  let isLost = false;
  const client = messageStream({
    sends: "input_stream_data",
    transmit: (bytes) => queueMicrotask(() => toAgent(bytes)),
    async receive(type, payload) {
      received.push([type, String(payload)]);
      if (type === payloadTypes.handshakeRequest) {
        client.send(payloadTypes.handshakeResponse, await handshakeResponse(payload));
      }
    },
    onError: assert.ifError,
    now: () => clock.now().getTime(),
    newId: randomIds.uuid,
  });
  const running = runExecSession({
    exec: {
      async start(_id, spec) {
        specs.push(spec);
        if (options.startError) throw options.startError;
        const resize = async (size: object) => void sizes.push(size);
        const session = { stdin, stdout, stderr, exitCode: exit.promise, resize };
        return { ...session, [Symbol.asyncDispose]: async () => void stdout.end() };
      },
      async endMarked(_id, mark) {
        ended.push(mark);
      },
    },
    ...{ container: "docker-id", command: options.command ?? "sh -i", sessionId: "session", clock, timers },
    ids: randomIds,
    channel: {
      send: (bytes) => queueMicrotask(() => isLost || client.take(bytes)),
      close: (reason) => void reasons.push(reason),
      onMessage: (listener) => {
        toAgent = listener;
      },
      onResumed: (listener) => {
        resumed = listener;
      },
      closed: closed.signal,
    },
  });
  const lose = () => {
    isLost = true;
  };
  const resume = () => {
    isLost = false;
    resumed();
  };
  async function settled(): Promise<void> {
    for (let turns = 0; turns < 50; turns++) await turn();
  }
  const printed = () => received.flatMap(([type, text]) => (type === payloadTypes.data ? text : [])).join("");
  return {
    ...{
      client,
      timers,
      closed,
      specs,
      ended,
      sizes,
      reasons,
      received,
      stdin,
      stdout,
      exit,
      running,
      settled,
      printed,
      lose,
      resume,
    },
  };
}

test("the program starts as root with the client's terminal, and gets what was typed before", async () => {
  const own = openSession();
  await own.settled();
  own.client.send(payloadTypes.data, Buffer.from("early"));
  own.client.send(payloadTypes.size, writeSize({ cols: 120, rows: 40 }));
  await own.settled();
  own.timers.advance(500);
  await own.settled();
  const { environment, ...spec } = own.specs[0]!;
  assert.deepEqual(spec, {
    ...{ command: ["sh", "-i"], stdin: true, user: "0", terminal: { columns: 80, rows: 24 } },
  });
  assert.deepEqual(environment, { TERM: "xterm-256color", LANG: "C.UTF-8", SEALIFT_EXEC_SESSION: "session" });
  assert.equal(String(own.stdin.read()), "early");
  assert.deepEqual(own.sizes, [{ columns: 120, rows: 40 }]);
  own.stdout.end("output");
  own.exit.resolve(7);
  await own.running;
  assert.equal(own.printed(), "output");
  assert.deepEqual(own.received.at(-1), [payloadTypes.exitCode, "7"]);
  assert.deepEqual([own.reasons, own.ended], [[""], []]);
});

test("twenty minutes without input and output end the session and its programs", async () => {
  const own = openSession();
  await own.settled();
  own.timers.advance(500);
  await own.settled();
  for (let minute = 0; minute < 15; minute++) own.timers.fire(60_000);
  own.stdout.write("still here");
  await own.settled();
  for (let minute = 0; minute < 20; minute++) own.timers.fire(60_000);
  assert.deepEqual(own.reasons, []);
  own.timers.fire(60_000);
  await own.running;
  assert.deepEqual(own.reasons, ["Your session timed out due to inactivity."]);
  assert.deepEqual(own.ended, [`${sessionMark}session`]);
});

test("what a program prints while the client is away comes when it is back", async () => {
  const own = openSession();
  await own.settled();
  own.timers.advance(500);
  await own.settled();
  own.lose();
  own.stdout.write("while away");
  await own.settled();
  assert.equal(own.printed(), "");
  own.resume();
  await own.settled();
  assert.equal(own.printed(), "while away");
  own.closed.abort();
  await own.running;
});

test("a channel that ends ends the programs", async () => {
  const own = openSession();
  await own.settled();
  own.timers.advance(500);
  await own.settled();
  own.closed.abort();
  await own.running;
  assert.deepEqual(own.ended, [`${sessionMark}session`]);
});

test("a command that cannot start says why", async () => {
  for (const options of [{ command: "echo 'a" }, { startError: new Error("no such container") }]) {
    const own = openSession(options);
    await own.settled();
    own.timers.advance(500);
    await own.running;
    assert.match(own.printed(), /^Unable to start command: (A quote in the command is not closed|no such container)/);
    assert.deepEqual(own.received.at(-1), [payloadTypes.exitCode, "126"]);
  }
});

test("a client that does not answer is given up", async () => {
  const own = openSession();
  own.client.close();
  await own.settled();
  own.timers.advance(15_000);
  await own.running;
  assert.deepEqual([own.reasons, own.specs], [["The client did not answer"], []]);
});
