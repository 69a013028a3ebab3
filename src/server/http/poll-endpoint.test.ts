import assert from "node:assert/strict";
import { once } from "node:events";
import { createConnection } from "node:net";
import { test } from "node:test";
import { WebSocket } from "ws";
import { rootPrincipal, testAccount, testRegion } from "../../../test/support/in-process.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Authorize } from "../../model/call.ts";
import { ecsService } from "../../services/ecs/index.ts";
import { openEcs, startFakeAgent } from "../../services/ecs/test-support.fixture.ts";
import type { ControlPlane } from "../control-plane.ts";
import { serveHttp } from "./http.ts";
import { authorizationInterval, pollEndpoint } from "./poll-endpoint.ts";

interface Overrides {
  authenticate?(): Promise<never>;
  authorize?: Authorize;
}

async function fixture(overrides: Overrides = {}) {
  const stack = new AsyncDisposableStack();
  const own = stack.use(await openEcs());
  await own.ecs.createCluster({});
  const { arn } = await startFakeAgent(own);
  const plane = {
    services: [ecsService(own.context)],
    authorize: overrides.authorize ?? (async () => undefined),
    ecs: own.context,
    audit: () => undefined,
  } as unknown as ControlPlane;
  const http = stack.use(
    await serveHttp({
      host: "127.0.0.1",
      port: 0,
      mounts: [],
      upgrade: pollEndpoint({
        plane,
        authenticate: overrides.authenticate ?? (async () => ({ principal: rootPrincipal, region: testRegion })),
        partition: "aws",
        now: () => own.clock.now(),
        timedId: () => "request-1",
      }),
    }),
  );
  const connect = (path: string) => new WebSocket(`${http.endpoint.replace("http", "ws")}${path}`);
  return {
    ...{ errors: own.errors, timers: own.timers, arn, connect },
    /** Connects for the instance, once the session has begun. */
    async open() {
      const socket = connect(`/ws?containerInstanceArn=${arn}`);
      const [first] = await once(socket, "message");
      return { socket, first: JSON.parse(String(first)) };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function refusal(socket: WebSocket) {
  const [, response] = await once(socket, "unexpected-response");
  return { status: response.statusCode, body: JSON.parse(String(Buffer.concat(await response.toArray()))) };
}

test("the poll endpoint serves an agent that may poll for its instance", async () => {
  const asked: unknown[] = [];
  await using server = await fixture({
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
    ["/", {}, 404, { __type: "NotFound", message: "" }],
    ["/ws/", {}, 404, { __type: "NotFound", message: "" }],
    [
      "/ws",
      { authenticate: () => Promise.reject(unproved) },
      400,
      { __type: "MissingAuthenticationTokenException", message: "Missing" },
    ],
    ["/ws", { authorize: async () => "not allowed" }, 403, { __type: "AccessDeniedException", message: "not allowed" }],
  ];
  for (const [path, overrides, status, body] of cases) {
    await using server = await fixture(overrides);
    assert.deepEqual(await refusal(server.connect(path)), { status, body });
  }
});

test("the poll endpoint withholds what goes wrong inside and reports it", async () => {
  const secret = new Error("the password is hunter2");
  await using server = await fixture({ authenticate: () => Promise.reject(secret) });
  assert.deepEqual(await refusal(server.connect("/ws")), {
    status: 500,
    body: { __type: "InternalFailure", message: "" },
  });
  assert.deepEqual(server.errors.splice(0), [secret]);
});

test("the poll endpoint closes on an instance that is not registered", async () => {
  await using server = await fixture();
  const [code] = await once(server.connect("/ws?containerInstanceArn=nonsense"), "close");
  assert.equal(code, 1008);
});

test("the poll endpoint closes on messages that it cannot read", async () => {
  await using server = await fixture();
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

test("the poll endpoint lives on when an agent says what makes no sense", async () => {
  await using server = await fixture();
  const { socket } = await server.open();
  for (const message of [
    { type: "Nonsense", message: {} },
    { type: "AckRequest", message: { messageId: {} } },
  ]) {
    socket.send(JSON.stringify(message));
  }
  socket.send(JSON.stringify({ type: "TaskStopVerificationMessage", message: { stopCandidates: [] } }));
  const [answer] = await once(socket, "message");
  assert.equal(JSON.parse(String(answer)).type, "TaskStopVerificationAck");
  socket.terminate();
});

test("the poll endpoint lets go of a refused client that keeps its end open", async () => {
  const unproved = new ApiError({ code: "MissingAuthenticationTokenException", status: 400 }, "Missing");
  await using server = await fixture({ authenticate: () => Promise.reject(unproved) });
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
  await using server = await fixture({ authorize: async () => denial });
  const { socket } = await server.open();
  server.timers.fire(authorizationInterval);
  socket.send(JSON.stringify({ type: "TaskStopVerificationMessage", message: { stopCandidates: [] } }));
  await once(socket, "message");
  denial = "no more";
  server.timers.fire(authorizationInterval);
  assert.equal((await once(socket, "close"))[0], 1008);
});
