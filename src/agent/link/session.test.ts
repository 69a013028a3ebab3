import assert from "node:assert/strict";
import { test } from "node:test";
import type { AcsMessage } from "../../acs/protocol.ts";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { type ControlPlane, fakeControlPlane, instanceArn, instanceCredentials } from "./control-plane.fixture.ts";
import { keepSession, type Send } from "./session.ts";

const clock = fakeClock();

function heartbeat(messageId: string): AcsMessage {
  return { type: "HeartbeatMessage", message: { messageId, healthy: true } };
}

function connect(
  plane: ControlPlane,
  discover: (signal: AbortSignal) => Promise<{ url?: string }> = async () => ({ url: `${plane.endpoint}/acs` }),
) {
  const timers = fakeTimers();
  const heard: AcsMessage[] = [];
  const bad: string[] = [];
  const lost: string[] = [];
  const turnedAway: string[] = [];
  const left: unknown[] = [];
  const session = keepSession({
    controlPlane: {
      async discover(_input, signal) {
        const { url } = await discover(signal);
        return { url, from: "the endpoint" };
      },
      lost: ({ from }) => left.push(from),
    },
    credentials: async () => instanceCredentials,
    region: "eu-west-1",
    cluster: "default",
    containerInstanceArn: instanceArn,
    clock,
    timers,
    onMessage(message: AcsMessage, send: Send) {
      if (message.type === "TaskStopVerificationAck") message.message.stopTasks.map(({ taskArn }) => taskArn);
      heard.push(message);
      if (message.type === "HeartbeatMessage") send("HeartbeatAckRequest", { messageId: message.message.messageId });
      plane.changed();
    },
    onBadMessage(error) {
      bad.push((error as Error).message);
      plane.changed();
    },
    onDisconnect(reason) {
      lost.push(reason);
      // The pause begins in the turn that follows.
      setImmediate(plane.changed);
    },
    onTurnedAway(reason) {
      turnedAway.push(reason);
      setImmediate(plane.changed);
    },
    minimumDelay: 100,
    maximumDelay: 300,
    maximumTurnedAwayDelay: 500,
    silence: 10_000,
  });
  return {
    session,
    timers,
    heard,
    bad,
    lost,
    turnedAway,
    left,
    pausing: (milliseconds: number) => plane.until(() => timers.pending().includes(milliseconds)),
  };
}

function start() {
  return fakeControlPlane({ now: () => clock.now() });
}

test("session connects with a signature that AWS would accept, and both sides talk", async () => {
  await using plane = await start();
  const { session } = connect(plane);
  await using _ = session;
  await plane.connected();
  plane.send("HeartbeatMessage", { messageId: "1", healthy: true });
  assert.deepEqual(await plane.message("HeartbeatAckRequest"), { messageId: "1" });
  assert.deepEqual(plane.problems, []);
});

test("session hears what comes together with the end of the handshake", async () => {
  await using plane = await start();
  plane.state.greeting.push(JSON.stringify(heartbeat("first")), JSON.stringify(heartbeat("second")));
  const { session, heard } = connect(plane);
  await using _ = session;
  await plane.until(() => heard.length === 2);
  assert.deepEqual(heard, [heartbeat("first"), heartbeat("second")]);
});

test("session passes over messages that are no JSON or make no sense, without quoting them", async () => {
  await using plane = await start();
  const { session, bad, heard } = connect(plane);
  await using _ = session;
  const socket = await plane.connected();
  socket.send('{"type":"PayloadMessage","message":{"canary"');
  socket.send('"canary"');
  socket.send('{"type":"TaskStopVerificationAck","message":{}}');
  socket.send(JSON.stringify(heartbeat("after")));
  await plane.message("HeartbeatAckRequest", ({ messageId }) => messageId === "after");
  assert.equal(bad[0], "Cannot read a message of the control plane: it is no JSON");
  assert.equal(bad.length, 2);
  assert.ok(!bad.join().includes("canary"));
  assert.equal(heard.length, 2);
});

test("session connects again, later each time until a message has come", async () => {
  await using plane = await start();
  const { session, timers, lost, pausing } = connect(plane);
  await using _ = session;
  let connections = 0;
  for (const delay of [100, 200, 300, 300]) {
    (await plane.connected(++connections)).close(1001);
    await pausing(delay);
    assert.equal(lost.at(-1), "The control plane closed the connection (1001)");
    timers.advance(delay);
  }
  const socket = await plane.connected(++connections);
  socket.send(JSON.stringify(heartbeat("1")));
  await plane.message("HeartbeatAckRequest");
  socket.terminate();
  await pausing(100);
  assert.equal(lost.length, 5);
});

test("session that is displaced comes back later each time, also if messages came, until a connection has lasted", async () => {
  await using plane = await start();
  plane.state.greeting.push(JSON.stringify(heartbeat("1")));
  const { session, timers, heard, lost, turnedAway, pausing } = connect(plane);
  await using _ = session;
  let connections = 0;
  async function displace(): Promise<void> {
    const socket = await plane.connected(++connections);
    await plane.until(() => heard.length === connections);
    clock.advance(lasting);
    socket.close(1008, "Another one took its place");
  }
  let lasting = 900;
  for (const delay of [100, 200, 400, 500, 500]) {
    await displace();
    await pausing(delay);
    timers.advance(delay);
  }
  assert.equal(turnedAway.at(-1), "The control plane closed the connection (1008: Another one took its place)");
  assert.deepEqual([turnedAway.length, lost], [5, []]);
  lasting = 1_100;
  await displace();
  await pausing(100);
});

test("session connects again after it was refused or could not learn where to connect", async () => {
  await using plane = await start();
  const answers: (() => { url?: string })[] = [
    () => {
      throw new Error("no route");
    },
    () => ({}),
    () => ({ url: `${plane.endpoint}/acs` }),
    () => ({ url: "http://127.0.0.1:1" }),
    () => ({ url: `${plane.endpoint}/acs/` }),
  ];
  plane.state.refuse = 403;
  const { session, timers, lost, left, pausing } = connect(plane, async () => answers.shift()!());
  await using _ = session;
  for (const delay of [100, 200, 300]) {
    await pausing(delay);
    timers.advance(delay);
  }
  await pausing(300);
  plane.state.refuse = undefined;
  timers.advance(300);
  await plane.connected();
  assert.deepEqual(lost.slice(0, 3), [
    "Error: no route",
    "Error: Cannot poll: the control plane named no endpoint",
    "The control plane answered 403",
  ]);
  assert.match(lost[3] ?? "", /ECONNREFUSED/);
  // Those that named one and could not be polled.
  assert.deepEqual(left, ["the endpoint", "the endpoint", "the endpoint"]);
});

test("session takes a connection for dead on which nothing comes for a while", async () => {
  await using plane = await start();
  const { session, timers, lost, pausing } = connect(plane);
  await using _ = session;
  const socket = await plane.connected();
  timers.advance(9_000);
  socket.send(JSON.stringify(heartbeat("1")));
  await plane.message("HeartbeatAckRequest");
  timers.advance(9_000);
  const ponged = new Promise((resolve) => socket.once("pong", resolve));
  socket.ping();
  await ponged;
  timers.advance(9_000);
  socket.send(JSON.stringify(heartbeat("2")));
  await plane.message("HeartbeatAckRequest", ({ messageId }) => messageId === "2");
  assert.deepEqual(lost, []);
  timers.advance(10_000);
  await pausing(100);
  assert.deepEqual(lost, ["The control plane fell silent"]);
});

test("session is disposed of while it connects, talks, waits, or asks where to connect", async () => {
  await using plane = await start();
  const talking = connect(plane);
  const socket = await plane.connected();
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await talking.session[Symbol.asyncDispose]();
  await closed;
  assert.deepEqual([talking.lost, talking.left, talking.timers.pending()], [[], [], []]);

  plane.state.refuse = 503;
  const waiting = connect(plane);
  await waiting.pausing(100);
  await waiting.session[Symbol.asyncDispose]();
  assert.deepEqual(waiting.timers.pending(), []);

  const connecting = connect(plane);
  await connecting.session[Symbol.asyncDispose]();
  assert.deepEqual(connecting.timers.pending(), []);

  const asking = connect(
    plane,
    (signal) => new Promise((_resolve, reject) => signal.addEventListener("abort", reject)),
  );
  await asking.session[Symbol.asyncDispose]();
  assert.deepEqual(asking.lost, []);
});

test("session of an instance that is not registered any more is turned away", async () => {
  await using plane = await start();
  plane.state.refuse = 400;
  plane.state.refusal = '{"type":"InactiveInstanceException","message":{"message":"Not registered"}}';
  const { session, lost, turnedAway } = connect(plane);
  await using _ = session;
  await plane.until(() => turnedAway.length === 1);
  assert.deepEqual(turnedAway, ["The control plane answered 400 InactiveInstanceException: Not registered"]);
  assert.deepEqual(lost, []);
});
