import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { WebSocket } from "ws";
import { rootPrincipal, testCall, testRegion } from "../../../../test/support/in-process.ts";
import type { Principal } from "../../../model/call.ts";
import { ecsService, execSessions } from "../../../services/ecs/index.ts";
import { openPlain, startFakeAgent } from "../../../services/ecs/test-support.fixture.ts";
import { openDataChannel } from "../../../session-manager/handshake.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { serveHttp } from "../http.ts";
import { machine, refusal } from "../poll-endpoint.fixture.ts";
import { dataChannels } from "./data-channels.ts";

/** Data channels on a port of their own, and a task on the machine `i-1` in which commands can be run. */
async function openChannels() {
  const stack = new AsyncDisposableStack();
  let caller: Principal = rootPrincipal;
  const own = stack.use(await openPlain({ principal: () => caller }));
  const { ecs, context } = own;
  await ecs.registerTaskDefinition({
    family: "exec",
    containerDefinitions: [{ name: "app", image: "busybox", memory: 64 }],
  });
  caller = machine("i-1");
  const agent = await startFakeAgent(own);
  caller = rootPrincipal;
  const { tasks } = await ecs.runTask({ taskDefinition: "exec", enableExecuteCommand: true });
  const task = tasks![0]!.taskArn!;
  await agent.obey();
  caller = machine("i-1");
  const managedAgents = [{ containerName: "app", managedAgentName: "ExecuteCommandAgent" as const, status: "RUNNING" }];
  await ecs.submitTaskStateChange({ cluster: "default", task, status: "RUNNING", managedAgents });
  caller = rootPrincipal;
  const plane = {
    service: { ecs: ecsService(context) },
    ...{ ecs: context, surroundings: context, authorize: async () => undefined },
  } as unknown as ControlPlane;
  const authenticate = async () => ({ principal: caller, region: testRegion });
  const sessions = execSessions(context);
  const channels = dataChannels({ plane, authenticate, partition: "aws" });
  const http = stack.use(await serveHttp({ host: "127.0.0.1", port: 0, mounts: [], upgrade: channels.upgrade }));
  stack.use(channels);
  return {
    ...{ ecs, task, agent },
    channel: (id: string, query = "role=publish_subscribe") =>
      new WebSocket(`${http.endpoint.replace("http", "ws")}/v1/data-channel/${id}?${query}`),
    async issue(): Promise<{ readonly id: string; readonly token: string }> {
      const { session } = await ecs.executeCommand({ task, command: "sh", interactive: true });
      return { id: session!.sessionId!, token: session!.tokenValue! };
    },
    /** A new token; empty where the session has ended. */
    async resume(id: string): Promise<string> {
      return (await sessions.resume(testCall(own.clock), id))?.tokenValue ?? "";
    },
    terminate: (id: string) => sessions.terminate(id),
    as(principal: Principal) {
      caller = principal;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function show(socket: WebSocket, token: string): Promise<void> {
  await once(socket, "open");
  socket.send(openDataChannel(token, "request", "client"));
}

test("whoever knows no session takes no place of a client, and one that has begun is nobody else's", async () => {
  await using server = await openChannels();
  const { id, token } = await server.issue();
  const strangers = Array.from({ length: 101 }, () => refusal(server.channel("ecs-execute-command-0")));
  for (const { status } of await Promise.all(strangers)) assert.equal(status, 404);
  const client = server.channel(id);
  await show(client, token);
  await server.agent.session().idle();
  while (server.agent.messages("ExecuteCommandMessage").length === 0) await new Promise(setImmediate);
  assert.equal((await refusal(server.channel(id))).status, 404);
  client.terminate();
});

test("of several clients that show a session's token at once, one has the session", async () => {
  await using server = await openChannels();
  const { id, token } = await server.issue();
  const clients = [server.channel(id), server.channel(id), server.channel(id)];
  const closed = clients.map(async (client) => {
    const [code] = await once(client, "close");
    return code;
  });
  await Promise.all(clients.map((client) => once(client, "open")));
  for (const client of clients) client.send(openDataChannel(token, "request", "client"));
  let refused = 0;
  for (const each of closed) void each.then((code) => (refused += code === 1008 ? 1 : 0));
  while (refused < 2) await new Promise(setImmediate);
  const left = clients.filter(({ readyState }) => readyState === WebSocket.OPEN);
  assert.equal(left.length, 1);
  left[0]?.terminate();
  await Promise.all(closed);
  assert.equal(refused, 2);
});

test("another token, a message that is none, and a binary one open nothing", async () => {
  await using server = await openChannels();
  const { id, token } = await server.issue();
  for (const first of ["", "[]", "null", '{"TokenValue":1}', openDataChannel("x", "r", "c"), Buffer.from(token)]) {
    const client = server.channel(id);
    await once(client, "open");
    client.send(first);
    assert.equal((await once(client, "close"))[0], 1008);
  }
});

test("another machine cannot join a session, and the task's own can once", async () => {
  await using server = await openChannels();
  const { id, token } = await server.issue();
  server.as(machine("i-1"));
  assert.equal((await refusal(server.channel(id, "role=agent"))).status, 421, "no client waits yet");
  server.as(rootPrincipal);
  const client = server.channel(id);
  await show(client, token);
  while (server.agent.messages("ExecuteCommandMessage").length === 0) await new Promise(setImmediate);
  server.as(machine("i-2"));
  const other = await refusal(server.channel(id, "role=agent"));
  assert.equal(other.status, 403);
  server.as(machine("i-1"));
  const joined = server.channel(id, "role=agent");
  await once(joined, "open");
  assert.equal((await refusal(server.channel(id, "role=agent"))).status, 421);
  const heard = once(joined, "message");
  client.send(Buffer.from("no message of the protocol"));
  assert.equal(String((await heard)[0]), "no message of the protocol");
  const ended = once(client, "close");
  joined.terminate();
  await ended;
});

test("a client whose connection is lost comes back with a new token, and the agent joins it there", async () => {
  await using server = await openChannels();
  const { id, token } = await server.issue();
  const client = server.channel(id);
  await show(client, token);
  const orders = () => server.agent.messages("ExecuteCommandMessage");
  while (orders().length === 0) await new Promise(setImmediate);
  server.as(machine("i-1"));
  const joined = server.channel(id, "role=agent");
  await once(joined, "open");
  const lost = once(joined, "close");
  client.terminate();
  assert.equal((await lost)[0], 1012, "the agent is told that the session goes on");

  let before = orders().length;
  const again = server.channel(id);
  await show(again, await server.resume(id));
  while (orders().length === before) await new Promise(setImmediate);
  assert.equal(orders().at(-1)?.resumes, true);
  const rejoined = server.channel(id, "role=agent");
  await once(rejoined, "open");
  const heard = once(again, "message");
  rejoined.send(Buffer.from("goes on"));
  assert.equal(String((await heard)[0]), "goes on");

  const told = once(again, "close");
  rejoined.terminate();
  assert.equal((await told)[0], 1012, "the client may come back when the agent is lost");
  before = orders().length;
  const last = server.channel(id);
  await show(last, await server.resume(id));
  while (orders().length === before) await new Promise(setImmediate);
  const closed = once(last, "close");
  await server.terminate(id);
  assert.equal((await closed)[0], 1000);
  assert.equal(await server.resume(id), "", "it has ended");
});

test("a client that says goodbye ends its session", async () => {
  await using server = await openChannels();
  const { id, token } = await server.issue();
  const client = server.channel(id);
  await show(client, token);
  while (server.agent.messages("ExecuteCommandMessage").length === 0) await new Promise(setImmediate);
  server.as(machine("i-1"));
  const joined = server.channel(id, "role=agent");
  await once(joined, "open");
  const ended = once(joined, "close");
  client.close();
  assert.equal((await ended)[0], 1000);
});
