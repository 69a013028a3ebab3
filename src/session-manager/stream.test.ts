import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { decodeMessage, encodeMessage } from "./message.ts";
import { type MessageStream, messageStream } from "./stream.ts";

const id = "dd01e56b-ff48-483e-a508-b5f073f31b16";

interface End {
  readonly stream: MessageStream;
  readonly received: string[];
  readonly errors: unknown[];
  readonly sent: Buffer[];
}

function end(
  sends: "input_stream_data" | "output_stream_data",
  clock: { now: number },
  receive: (text: string) => void | Promise<void> = () => {},
): End {
  const [received, errors, sent]: [string[], unknown[], Buffer[]] = [[], [], []];
  const stream = messageStream({
    sends,
    transmit: (bytes) => sent.push(bytes),
    async receive(_type, payload) {
      await receive(String(payload));
      received.push(String(payload));
    },
    onError: (error) => errors.push(error),
    now: () => clock.now,
    newId: () => id,
  });
  return { stream, received, errors, sent };
}

/** Hands over what one end has sent, in the order of `order` if it is given. */
async function deliver(from: End, to: End, order?: (sent: Buffer[]) => Buffer[]): Promise<void> {
  const messages = from.sent.splice(0);
  for (const bytes of order ? order(messages) : messages) to.stream.take(bytes);
  for (let turns = 0; turns < 20; turns++) await turn();
}

test("messages are received once and in order, however they come", async () => {
  const clock = { now: 1 };
  const [client, agent] = [end("input_stream_data", clock), end("output_stream_data", clock)];
  for (const text of ["a", "b", "c", "d"]) client.stream.send(1, Buffer.from(text));
  await deliver(client, agent, ([a, b, c, d]) => [d!, b!, b!, a!, c!, a!]);
  assert.deepEqual(agent.received, ["a", "b", "c", "d"]);
  await deliver(agent, client);
  await client.stream.acknowledged();
});

test("what is not acknowledged is sent again, the oldest first", async () => {
  const clock = { now: 1 };
  const [client, agent] = [end("input_stream_data", clock), end("output_stream_data", clock)];
  for (const text of ["a", "b"]) client.stream.send(1, Buffer.from(text));
  await deliver(client, agent, ([, b]) => [b!]);
  client.stream.sendAgain(500);
  assert.equal(client.sent.length, 0);
  clock.now = 600;
  client.stream.sendAgain(500);
  client.stream.sendAgain(500);
  assert.deepEqual(
    client.sent.map((bytes) => decodeMessage(bytes)?.sequenceNumber),
    [0],
  );
  await deliver(client, agent);
  assert.deepEqual(agent.received, ["a", "b"]);
});

test("a message is acknowledged when it has been dealt with, and again when it comes again", async () => {
  const clock = { now: 1 };
  const { promise, resolve } = Promise.withResolvers<void>();
  const [client, agent] = [end("input_stream_data", clock), end("output_stream_data", clock, () => promise)];
  client.stream.send(1, Buffer.from("a"));
  const [bytes] = client.sent;
  await deliver(client, agent);
  agent.stream.take(bytes!);
  assert.equal(agent.sent.length, 0);
  resolve();
  await turn();
  await turn();
  assert.equal(agent.sent.length, 1);
  agent.stream.take(bytes!);
  assert.equal(agent.sent.length, 2);
  assert.deepEqual(agent.received, ["a"]);
});

test("a sender waits while too much is on its way", async () => {
  const clock = { now: 1 };
  const [client, agent] = [end("input_stream_data", clock), end("output_stream_data", clock)];
  let sent = 0;
  const sending = (async () => {
    for (; sent < 100; sent++) {
      await client.stream.ready();
      client.stream.send(1, Buffer.from(String(sent)));
    }
  })();
  for (let turns = 0; turns < 300; turns++) await turn();
  assert.equal(sent, 64);
  await deliver(client, agent);
  await deliver(agent, client);
  await sending;
  assert.equal(sent, 100);
});

test("no more is taken than may wait for a program that does not read, and the rest when it comes again", async () => {
  const clock = { now: 1 };
  const { promise, resolve } = Promise.withResolvers<void>();
  const [client, agent] = [end("input_stream_data", clock), end("output_stream_data", clock, () => promise)];
  const large = Buffer.alloc(1024 * 1024);
  for (let count = 0; count < 8; count++) client.stream.send(1, large);
  const sent = client.sent.slice();
  // The first comes last: it is what all others wait for, and is taken in any case.
  await deliver(client, agent, ([first, ...others]) => [...others, first!]);
  resolve();
  await deliver(client, agent);
  assert.equal(agent.received.length, 5);
  for (const bytes of sent) agent.stream.take(bytes);
  await deliver(client, agent);
  assert.equal(agent.received.length, 8);
});

test("an error ends what is received", async () => {
  const clock = { now: 1 };
  const failing = () => {
    throw new Error("broken");
  };
  const [client, agent] = [end("input_stream_data", clock), end("output_stream_data", clock, failing)];
  for (const text of ["a", "b"]) client.stream.send(1, Buffer.from(text));
  await deliver(client, agent);
  assert.equal(agent.errors.length, 1);
  assert.equal(agent.sent.length, 0);
});

test("a closed stream keeps nobody waiting, and sends nothing", async () => {
  const client = end("input_stream_data", { now: 1 });
  client.stream.send(1, Buffer.from("a"));
  const waiting = client.stream.acknowledged();
  client.stream.close();
  await waiting;
  client.sent.splice(0);
  client.stream.send(1, Buffer.from("b"));
  client.stream.sendAgain(0);
  assert.deepEqual(client.sent, []);
});

test("bytes that are no message are told apart, and a message of the own kind is passed over", () => {
  const agent = end("output_stream_data", { now: 1 });
  assert.equal(agent.stream.take(Buffer.from("{}")), false);
  const own = { type: "output_stream_data", createdAt: 1, sequenceNumber: 0, flags: 0, id, payloadType: 1 };
  assert.equal(agent.stream.take(encodeMessage({ ...own, payload: Buffer.from("a") })), true);
  assert.deepEqual(agent.received, []);
});
