import assert from "node:assert/strict";
import { once } from "node:events";
import { createConnection } from "node:net";
import { test } from "node:test";
import { WebSocket } from "ws";
import { rootPrincipal, testAccount, testRegion } from "../../../test/support/in-process.ts";
import { until } from "../../../test/support/until.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Principal } from "../../model/call.ts";
import { authorizationInterval, mostUnanswered, pingInterval } from "./keep-alive.ts";
import { machine, type Overrides, openEndpoint, refusal } from "./poll-endpoint.fixture.ts";

test("the poll endpoint serves an agent that may poll for its instance", async () => {
  const asked: unknown[] = [];
  await using server = await openEndpoint({
    authorize: async (call, access) => void asked.push(call.account, call.region, access),
  });
  const { socket, first } = await server.open();
  assert.equal(first.type, "TaskManifestMessage");
  assert.deepEqual(asked, [
    testAccount,
    testRegion,
    {
      action: "ecs:Poll",
      resource: server.arn,
      resourceAccount: testAccount,
      conditions: { "ecs:cluster": `arn:aws:ecs:${testRegion}:${testAccount}:cluster/default` },
    },
  ]);
  socket.send(JSON.stringify({ type: "TaskStopVerificationMessage", message: { messageId: "1", stopCandidates: [] } }));
  const [answer] = await once(socket, "message");
  assert.equal(JSON.parse(String(answer)).type, "TaskStopVerificationAck");
  socket.close();
  await once(socket, "close");
});

test("the poll endpoint refuses other paths, unproved and denied callers", async () => {
  const unproved = new ApiError({ code: "MissingAuthenticationTokenException", status: 400 }, "Missing");
  const cases: readonly (readonly [string, Overrides, number, object])[] = [
    ["/", {}, 404, { type: "NotFound", message: { message: "" } }],
    ["/ws/", {}, 404, { type: "NotFound", message: { message: "" } }],
    [
      "/ws",
      { authenticate: () => Promise.reject(unproved) },
      400,
      { type: "MissingAuthenticationTokenException", message: { message: "Missing" } },
    ],
    [
      "/ws",
      { authorize: async () => "not allowed" },
      403,
      { type: "AccessDeniedException", message: { message: "not allowed" } },
    ],
  ];
  for (const [path, overrides, status, body] of cases) {
    await using server = await openEndpoint(overrides);
    assert.deepEqual(await refusal(server.connect(path)), { status, body });
  }
});

test("the poll endpoint withholds what goes wrong inside and reports it", async () => {
  const secret = new Error("the password is hunter2");
  await using server = await openEndpoint({ authenticate: () => Promise.reject(secret) });
  assert.deepEqual(await refusal(server.connect("/ws")), {
    status: 500,
    body: { type: "InternalFailure", message: { message: "" } },
  });
  assert.deepEqual(server.errors.splice(0), [secret]);
});

test("the poll endpoint refuses an instance that is not registered, or not any more, as AWS's agent reads it", async () => {
  await using server = await openEndpoint();
  const inactive = {
    status: 400,
    body: { type: "InactiveInstanceException", message: { message: "The container instance is not registered" } },
  };
  assert.deepEqual(await refusal(server.connect("/ws?containerInstanceArn=nonsense")), inactive);
  await server.own.ecs.deregisterContainerInstance({ containerInstance: server.arn });
  assert.deepEqual(await refusal(server.connect(`/ws?containerInstanceArn=${server.arn}`)), inactive);
  assert.equal(server.audited.at(-1)?.error?.code, "InactiveInstanceException");
});

test("the poll endpoint does not tell a denied caller whether an instance is registered", async () => {
  await using server = await openEndpoint({ authorize: async () => "not allowed" });
  assert.equal((await refusal(server.connect("/ws?containerInstanceArn=nonsense"))).status, 403);
});

test("the poll endpoint keeps the versions that an agent names in its handshake", async () => {
  await using server = await openEndpoint();
  const query = `agentVersion=1.105.1&agentHash=abc&dockerVersion=${encodeURIComponent("DockerVersion: 28.1.0")}`;
  const socket = server.connect(`/ws?containerInstanceArn=${server.arn}&${query}`);
  await once(socket, "message");
  const { containerInstances } = await server.own.ecs.describeContainerInstances({ containerInstances: [server.arn] });
  assert.deepEqual(containerInstances![0]!.versionInfo, {
    agentVersion: "1.105.1",
    agentHash: "abc",
    dockerVersion: "DockerVersion: 28.1.0",
  });
  socket.close();
});

test("the poll endpoint closes on messages that it cannot read", async () => {
  await using server = await openEndpoint();
  const cases: readonly (readonly [string, number])[] = [
    ["nonsense", 1003],
    ["null", 1003],
    ["[]", 1003],
    ['{"type":"AckRequest"}', 1003],
    ['{"type":"AckRequest","message":null}', 1003],
    ['{"type":1,"message":{}}', 1003],
    [`"${"a".repeat(65 * 1024)}"`, 1009],
  ];
  for (const [message, code] of cases) {
    const { socket } = await server.open();
    socket.send(message);
    assert.equal((await once(socket, "close"))[0], code, message.slice(0, 40));
  }
});

test("the poll endpoint passes over messages that make no sense, and warns of them once", async () => {
  await using server = await openEndpoint();
  const { warnings } = server.own;
  const { socket } = await server.open();
  for (const message of [
    { type: "Nonsense", message: {} },
    { type: "AckRequest", message: { messageId: {} } },
    { type: "TaskStopVerificationMessage", message: {} },
  ]) {
    socket.send(JSON.stringify(message));
  }
  socket.send(JSON.stringify({ type: "TaskStopVerificationMessage", message: { stopCandidates: [] } }));
  const [answer] = await once(socket, "message");
  assert.equal(JSON.parse(String(answer)).type, "TaskStopVerificationAck");
  const warning = "The agent sends malformed messages; they are passed over";
  assert.deepEqual(warnings, [{ containerInstance: server.arn, message: warning }]);
  socket.terminate();
});

test("the poll endpoint lets go of a refused client that keeps its end open", async () => {
  const unproved = new ApiError({ code: "MissingAuthenticationTokenException", status: 400 }, "Missing");
  await using server = await openEndpoint({ authenticate: () => Promise.reject(unproved) });
  const { port } = new URL(server.connect("/").on("error", () => {}).url);
  const client = createConnection({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
  client.write(
    "GET /ws HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  client.resume();
  await once(client, "end");
  // Whoever has closed its end for good answers what is written to it with a reset.
  const gone = once(client, "error");
  for (const _ of [1, 2]) client.write("still here");
  const [{ code }] = await gone;
  assert.match(code, /^(ECONNRESET|EPIPE)$/);
});

test("the poll endpoint ends the connection of an agent that may not poll any more", async () => {
  let denial: string | undefined;
  await using server = await openEndpoint({ authorize: async () => denial });
  const { socket } = await server.open();
  server.timers.fire(authorizationInterval);
  socket.send(JSON.stringify({ type: "TaskStopVerificationMessage", message: { stopCandidates: [] } }));
  await once(socket, "message");
  denial = "no more";
  server.timers.fire(authorizationInterval);
  assert.equal((await once(socket, "close"))[0], 1008);
});

test("the poll endpoint refuses a machine that polls for another's instance, and writes it down", async () => {
  let caller = machine("i-1");
  await using server = await openEndpoint({ principal: () => caller });
  (await server.open()).socket.close();
  const others = [machine("i-2"), machine("i-1", "AROAOTHER"), { ...machine("i-1"), kind: "user", userId: "AIDAUSER" }];
  for (const other of others as Principal[]) {
    caller = other;
    const { status, body } = await refusal(server.connect(`/ws?containerInstanceArn=${server.arn}`));
    const message = `User: ${other.arn} is not authorized to perform: ecs:Poll on resource: ${server.arn} because another principal registered the container instance`;
    assert.deepEqual([status, body], [403, { type: "AccessDeniedException", message: { message } }]);
    assert.deepEqual(server.audited.at(-1)?.error, { code: "AccessDeniedException", message });
  }
  assert.equal(server.own.warnings.length, others.length);
  // The same machine after it assumed its role anew, and the account's root user.
  for (const same of [{ ...machine("i-1"), accessKeyId: "ASIANEW" }, rootPrincipal]) {
    caller = same;
    (await server.open()).socket.close();
  }
});

test("the newest connection of an instance takes the place of the one before, which is reported", async () => {
  await using server = await openEndpoint();
  const { socket: older } = await server.open();
  const closed = once(older, "close");
  const { socket: newer } = await server.open();
  const [code, reason] = await closed;
  assert.equal(code, 1008);
  assert.equal(String(reason), "Another connection of the container instance took the place of this one");
  assert.equal(newer.readyState, WebSocket.OPEN);
  assert.equal(await server.isConnected(), true);
  assert.equal(server.own.warnings.length, 1);
  const [event] = server.own.auditEvents;
  assert.equal(event?.name, "AgentSessionDisplaced");
  assert.deepEqual(event.resources, [{ type: "AWS::ECS::ContainerInstance", name: server.arn }]);
});

test("an agent that answers no pings is disconnected, one that does is not", async () => {
  await using server = await openEndpoint();
  const { socket: lively } = await server.open();
  for (let ping = 0; ping <= mostUnanswered + 2; ping++) {
    const ponged = once(lively, "ping");
    server.timers.fire(pingInterval);
    await ponged;
    // Its pong is read by the time the server has answered what came after it.
    lively.send(JSON.stringify({ type: "TaskStopVerificationMessage", message: { stopCandidates: [] } }));
    await once(lively, "message");
  }
  assert.equal(await server.isConnected(), true);
  lively.close();
  await until("the agent is disconnected", async () => !(await server.isConnected()));
  const { socket: frozen } = await server.open({ autoPong: false });
  const closed = once(frozen, "close");
  for (let ping = 0; ping <= mostUnanswered; ping++) server.timers.fire(pingInterval);
  await closed;
  await until("the agent is disconnected", async () => !(await server.isConnected()));
});

test("an agent whose server stops counts as connected, and its messages are no longer read", async () => {
  await using server = await openEndpoint();
  const { socket } = await server.open();
  const closed = once(socket, "close");
  await server.endpoint[Symbol.asyncDispose]();
  assert.equal((await closed)[0], 1001);
  assert.equal(await server.isConnected(), true);
  const { status, body } = await refusal(server.connect("/ws"));
  assert.deepEqual([status, body.type], [503, "ServiceUnavailable"]);
});

test("an agent that goes after the server has begun to stop counts as connected", async () => {
  await using server = await openEndpoint();
  const { socket } = await server.open();
  server.endpoint.leave();
  socket.close();
  await once(socket, "close");
  await server.endpoint[Symbol.asyncDispose]();
  assert.equal(await server.isConnected(), true);
});

test("the poll endpoint bounds the connections of all agents, and of one caller", async () => {
  let caller = machine("i-1");
  await using server = await openEndpoint({ principal: () => caller, bounds: { all: 2, ofCaller: 1 } });
  const { socket } = await server.open();
  const surplus = { status: 429, body: { type: "ThrottlingException", message: { message: "Too many connections" } } };
  const path = `/ws?containerInstanceArn=${server.arn}`;
  assert.deepEqual(await refusal(server.connect(path)), surplus);
  caller = rootPrincipal;
  // It displaces the first, which goes on until its client has answered.
  const { socket: second } = await server.open();
  await once(socket, "close");
  second.close();
  await until("the agent is disconnected", async () => !(await server.isConnected()));
  (await server.open()).socket.close();
});

test("the poll endpoint closes on an agent that sends without waiting for answers", async () => {
  await using server = await openEndpoint();
  const { socket } = await server.open();
  const closed = once(socket, "close");
  const message = JSON.stringify({ type: "AckRequest", message: { messageId: "1" } });
  for (let count = 0; count < 5_000 && socket.readyState === WebSocket.OPEN; count++) socket.send(message);
  const [code, reason] = await closed;
  assert.deepEqual([code, String(reason)], [1008, "Too many messages"]);
});
