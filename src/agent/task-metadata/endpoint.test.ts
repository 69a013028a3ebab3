import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcp } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { randomIds } from "../../ids.ts";
import { silentLog } from "../../log.ts";
import { fakeRuntime } from "../../runtime/fake.ts";
import type { Door, LinkLocal, Place } from "../../runtime/link-local.ts";
import { processLinkLocal } from "../../runtime/process/link-local.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { memoryState } from "../engine/engine.fixture.ts";
import type { AgentTask } from "../engine/task.ts";
import { endpointsOf } from "../link/endpoints.ts";
import { taskMaskers } from "../output/task-maskers.ts";
import { resources } from "../resources/index.ts";
import { openTaskEndpoint } from "./endpoint.ts";
import { runningTask, taskRole } from "./metadata.fixture.ts";
import type { TaskEndpointKind } from "./open-place.ts";

const machine = { containerInstanceArn: "instance", machine: { subnet: { cidr: "10.0.0.0/8", gateway: "10.0.0.1" } } };

/** Ports of this machine's loopback address in place of those at 169.254.170.2. */
function doors(taken: readonly number[] = [], refused?: Error) {
  const open: { place: Place; door: Door; close: () => Promise<void>; readonly ports: Map<number, number> }[] = [];
  const linkLocal: LinkLocal = {
    hasPlaces: true,
    async open(place = "link-local") {
      if (place === "link-local" && refused) throw refused;
      const real = await processLinkLocal().open();
      const address = place === "link-local" ? "169.254.170.2" : "127.0.0.1";
      const ports = new Map<number, number>();
      const close = async () => real[Symbol.asyncDispose]();
      const door: Door = {
        ...real,
        address,
        closed: real.closed,
        async listen(port, onConnection) {
          if (taken.includes(port)) return undefined;
          const found = (await real.listen(0, (connection) => onConnection(connection, address)))!;
          ports.set(port || 40_000 + ports.size, found);
          return port || 39_999 + ports.size;
        },
        [Symbol.asyncDispose]: close,
      };
      open.push({ place, door, close, ports });
      return door;
    },
  };
  return { linkLocal, open };
}

async function world(options: {
  readonly linkLocal: LinkLocal;
  readonly store?: ReturnType<typeof memoryState>;
  readonly endpoint?: string;
  readonly tasks?: readonly AgentTask[];
  readonly kind?: TaskEndpointKind;
}) {
  const { store = memoryState(), tasks = [runningTask({ networkMode: "host" })] } = options;
  const clock = fakeClock();
  const timers = fakeTimers();
  const runtime = { ...fakeRuntime({ clock, ids: randomIds }), linkLocal: options.linkLocal };
  const endpoint = await openTaskEndpoint({
    ...{ runtime, store, clock, timers, ids: randomIds, log: silentLog },
    endpoints: endpointsOf([options.endpoint ?? "http://127.0.0.1:9"]),
    controlPlane: { tags: async () => ({}) },
    maskers: taskMaskers({ runtime, resources, clock }),
    ...{ cluster: "default", region: "eu-west-1", tellsEndpoint: true, kind: options.kind ?? "auto" },
    instanceCredentials: async () => ({ accessKeyId: "ASIAINSTANCE", secretAccessKey: "canary-instance-key" }),
  });
  assert.ok(endpoint);
  for (const task of tasks) await store.save(task);
  endpoint.serve({ tasks: () => tasks, credentials: () => taskRole }, machine);
  const variables = () => endpoint.variables.set(runningTask(), "web");
  return { endpoint, store, timers, variables, [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose]() };
}

async function get(
  port: number | undefined,
  path: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.text() };
}

const credentials = `/v2/credentials/${taskRole.credentialsId}`;

test("the endpoint answers at port 80, and a container keeps its ids over a restart", async () => {
  const { linkLocal, open } = doors();
  const first = await world({ linkLocal });
  const before = first.variables();
  assert.match(before.ECS_CONTAINER_METADATA_URI_V4 ?? "", /^http:\/\/169\.254\.170\.2\/v4\/[0-9a-f-]{36}$/);
  assert.equal((await get(open[0]?.ports.get(80), credentials)).status, 200);
  await first.endpoint[Symbol.asyncDispose]();

  await using second = await world({ linkLocal, store: first.store });
  assert.deepEqual(second.variables(), before);
  const id = before.ECS_CONTAINER_METADATA_URI_V4?.split("/").at(-1);
  assert.equal((await get(open[1]?.ports.get(80), `/v4/${id}/task`)).status, 200);
});

test("where another agent has port 80, containers are told the port that there is, also after a restart", async () => {
  const { linkLocal } = doors([80]);
  const first = await world({ linkLocal });
  const before = first.variables();
  assert.match(before.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? "", /^http:\/\/169\.254\.170\.2:40000\/v2\/credentials\//);
  await first.endpoint[Symbol.asyncDispose]();
  await using second = await world({ ...doors(), store: first.store });
  assert.deepEqual(second.variables(), before);
});

test("an endpoint whose engine ends is opened again at the same ports", async () => {
  const { linkLocal, open } = doors();
  await using _ = await world({ linkLocal });
  await open[0]?.close();
  while (open.length < 2 || open[1]?.ports.size !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([...open[1].ports.keys()], [80, 40_001]);
  assert.equal((await get(open[1].ports.get(80), credentials)).status, 200);
});

test("more requests than the rate are refused", async () => {
  const { linkLocal, open } = doors();
  await using _ = await world({ linkLocal });
  const port = open[0]?.ports.get(80);
  const answers = await Promise.all(Array.from({ length: 61 }, () => get(port, credentials)));
  const refused = answers.filter(({ status }) => status === 429);
  assert.deepEqual(refused, [{ status: 429, body: "You have reached maximum request limit." }]);
});

test("a connection that says nothing is closed", async () => {
  const { linkLocal, open } = doors();
  await using api = await world({ linkLocal });
  const socket = connect(open[0]?.ports.get(80) ?? 0, "127.0.0.1");
  await once(socket, "connect");
  while (api.timers.pending().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const closed = once(socket.on("error", () => {}).resume(), "close");
  api.timers.advance(10_000);
  await closed;
});

test("requests to the control plane arrive as they were sent", async () => {
  const heard: string[] = [];
  const plane = createTcp((socket) => {
    socket.on("data", (data) => {
      heard.push(data.toString());
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  });
  await once(plane.listen(0, "127.0.0.1"), "listening");
  const { linkLocal, open } = doors();
  await using _ = await world({ linkLocal, endpoint: `http://127.0.0.1:${(plane.address() as AddressInfo).port}` });
  const socket = connect(open[0]?.ports.get(40_001) ?? 0, "127.0.0.1");
  const request = "POST / HTTP/1.1\r\nHost: 169.254.170.2:40001\r\nX-Amz-Target: a\r\nContent-Length: 0\r\n\r\n";
  socket.write(request);
  assert.match(await text(socket), /^HTTP\/1\.1 200 OK\r\n.*ok$/s);
  assert.deepEqual(heard, [request]);
  plane.close();
});

test("a request waits for a control plane that comes back, and an SDK is told to try again where it does not", async () => {
  const server = createServer((_request, response) => response.end("back"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { linkLocal, open } = doors();
  await using api = await world({ linkLocal, endpoint: `http://127.0.0.1:${port}` });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
  let answered = false;
  const refused = get(open[0]?.ports.get(40_001), "/").finally(() => {
    answered = true;
  });
  while (!answered) {
    if (api.timers.pending().includes(500)) api.timers.advance(500);
    await turn();
  }
  assert.equal((await refused).status, 503);
  const late = get(open[0]?.ports.get(40_001), "/");
  while (!api.timers.pending().includes(500)) await turn();
  await once(server.listen(port, "127.0.0.1"), "listening");
  api.timers.advance(500);
  assert.equal((await late).status, 200);
  server.closeAllConnections();
  server.close();
});

test("the control plane is out of reach for whoever is not of a task", async () => {
  const { linkLocal, open } = doors();
  const strangers: LinkLocal = {
    hasPlaces: true,
    async open() {
      const door = await linkLocal.open();
      return { ...door, listen: (port, take) => door.listen(port, (connection) => take(connection, "192.0.2.1")) };
    },
  };
  await using _ = await world({ linkLocal: strangers });
  await assert.rejects(get(open[0]?.ports.get(40_001), "/"));
});

test("where the engine refuses 169.254.170.2, each task is answered at 127.0.0.1 in its own network", async () => {
  const { linkLocal, open } = doors([], new RuntimeError("LinkLocalError", "the Engine does not permit it"));
  const task = runningTask({ networkMode: "bridge" });
  const id = task.containers[0]!.attempt.runtimeId!;
  await using api = await world({ linkLocal, tasks: [task] });
  assert.equal(api.variables().AWS_CONTAINER_CREDENTIALS_FULL_URI, `http://127.0.0.1:51679${credentials}`);
  assert.equal(api.endpoint.awslogs, undefined);
  assert.equal(await api.endpoint.doors!.beforeStart(task), undefined);
  const own = open.find(({ place }) => place !== "machine")!;
  assert.deepEqual([own.place, [...own.ports.keys()]], [{ container: id }, [51_679, 51_680]]);
  assert.equal((await get(own.ports.get(51_679), credentials)).status, 200);
  // A program of the machine is none of the task.
  assert.equal((await get(open[0]!.ports.get(51_679), credentials)).status, 400);

  api.endpoint.doors!.changed({ ...task, containers: [] });
  await own.door.closed;
});

test("what is told to use 169.254.170.2 does not do without it", async () => {
  const { linkLocal } = doors([], new RuntimeError("LinkLocalError", "the Engine does not permit it"));
  await assert.rejects(world({ linkLocal, kind: "link-local" }), { name: "LinkLocalError" });
});
