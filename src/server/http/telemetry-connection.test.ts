import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import type { WebSocket } from "ws";
import { rootPrincipal, testRegion } from "../../../test/support/in-process.ts";
import { writeSignedFrame } from "../../acs/signed-frame.ts";
import { signedHeaders } from "../../agent/link/sign.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Principal } from "../../model/call.ts";
import { telemetryHeartbeat } from "../../services/ecs/tcs/session.ts";
import { plainDefinition, startFakeAgent } from "../../services/ecs/test-support.fixture.ts";
import { readSignature, verifySignature } from "../../signature/signature.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import { authorizationInterval } from "./keep-alive.ts";
import { machine, type Overrides, openEndpoint, refusal } from "./poll-endpoint.fixture.ts";

const credentials = { accessKeyId: "AKIAMACHINE", secretAccessKey: "machine-key" };

interface Message {
  readonly type: string;
  readonly message: Record<string, unknown>;
}

/** An endpoint that verifies signatures, with a task that runs, and an agent that signs as AWS's does. */
async function openTelemetry(overrides: Overrides = {}) {
  const signers: readonly Principal[] = [rootPrincipal, { ...machine("i-9"), accessKeyId: "AKIAOTHER" }];
  const server = await openEndpoint({
    async authenticate(request: WireRequest) {
      const signature = readSignature(request);
      if ("kind" in signature) throw new ApiError({ code: "AccessDeniedException", status: 403 }, signature.message);
      const now = server.own.clock.now();
      const problem = verifySignature(request, signature, credentials.secretAccessKey, now, { service: "ecs" });
      if (problem) throw new ApiError({ code: "AccessDeniedException", status: 403 }, problem.message);
      const principal = signers[signature.accessKeyId === "AKIAOTHER" ? 1 : 0]!;
      return { principal, region: testRegion };
    },
    ...overrides,
  });
  const { own, arn, host } = server;
  const query = new URLSearchParams({ cluster: "default", containerInstance: arn, agentVersion: "1.105.1" });
  const url = new URL(`http://${host}/telemetry/ws?${query}`);

  async function sign(body: string, signer = credentials) {
    return signedHeaders({ credentials: async () => signer, region: testRegion, clock: own.clock }, url, body);
  }
  async function open() {
    const socket = server.connect(`${url.pathname}${url.search}`, undefined, await sign(""));
    const answers: Message[] = [];
    const [first] = await once(socket, "message");
    assert.deepEqual(JSON.parse(String(first)), { type: "HeartbeatMessage", message: { healthy: true } });
    socket.on("message", (data) => answers.push(JSON.parse(String(data))));
    return {
      socket,
      async ask(message: object | string, signer = credentials): Promise<Message> {
        const body = typeof message === "string" ? message : JSON.stringify(message);
        return askRaw(socket, writeSignedFrame({ headers: await sign(body, signer), body }));
      },
      askRaw: (text: string) => askRaw(socket, text),
    };
  }
  async function askRaw(socket: WebSocket, text: string): Promise<Message> {
    socket.send(text);
    const [answer] = await once(socket, "message");
    return JSON.parse(String(answer));
  }
  return { ...server, url, sign, open };
}

async function runTask({ own, arn }: Awaited<ReturnType<typeof openTelemetry>>): Promise<string> {
  const [plain] = plainDefinition.containerDefinitions;
  const checked = { ...plain!, healthCheck: { command: ["CMD", "true"] } };
  await own.ecs.registerTaskDefinition({ ...plainDefinition, containerDefinitions: [checked] });
  await own.context.store.sessions.open(arn, "session", "replica");
  const { tasks } = await own.ecs.startTask({ taskDefinition: "plain", containerInstances: [arn] });
  const task = tasks![0]!.taskArn!;
  const containers = [{ containerName: "app", status: "RUNNING", runtimeId: "docker-id" }];
  await own.ecs.submitTaskStateChange({ task, status: "RUNNING", containers });
  return task;
}

function metrics(arn: string, taskArn: string, more: object = {}) {
  const set = (value: number) => ({ min: value, max: value, sampleCount: 2, sum: 2 * value });
  return {
    type: "PublishMetricsRequest",
    message: {
      metadata: { cluster: "default", containerInstance: arn, messageId: "m", idle: false, fin: true },
      taskMetrics: [
        {
          taskArn,
          taskDefinitionFamily: "plain",
          taskDefinitionVersion: "1",
          containerMetrics: [
            {
              containerName: "app",
              cpuStatsSet: set(25),
              memoryStatsSet: set(12),
              storageStatsSet: { readSizeBytes: set(0), writeSizeBytes: set(0) },
              networkStatsSet: { rxBytesPerSecond: set(1.5), txBytesPerSecond: set(2.5), rxBytes: set(9) },
              ...more,
            },
          ],
        },
      ],
      timestamp: 1_746_802_078.031,
    },
  };
}

function health(arn: string, taskArn: string, healthStatus: string) {
  const containers = [{ containerName: "app", healthStatus, statusSince: 1_746_802_078.031 }];
  return {
    type: "PublishHealthRequest",
    message: {
      metadata: { cluster: "default", containerInstance: arn, messageId: "h", fin: true },
      tasks: [{ taskArn, taskDefinitionFamily: "plain", taskDefinitionVersion: "1", containers }],
      timestamp: 1_746_802_078.031,
    },
  };
}

test("telemetry is allowed by ecs:StartTelemetrySession on the instance, and written down", async () => {
  const asked: unknown[] = [];
  await using server = await openTelemetry({ authorize: async (_call, access) => void asked.push(access) });
  const { socket } = await server.open();
  assert.deepEqual(asked, [
    {
      action: "ecs:StartTelemetrySession",
      resource: server.arn,
      resourceAccount: "111122223333",
      conditions: { "ecs:cluster": "arn:aws:ecs:us-east-1:111122223333:cluster/default" },
    },
  ]);
  assert.equal(server.audited.at(-1)?.operation, "StartTelemetrySession");
  assert.equal(await server.isConnected(), false, "telemetry is no session of the agent protocol");
  socket.close();
});

test("telemetry refuses a denied caller, another machine and an inactive instance in the handshake's body", async () => {
  await using denied = await openTelemetry({ authorize: async () => "not allowed" });
  const path = `${denied.url.pathname}${denied.url.search}`;
  assert.deepEqual(await refusal(denied.connect(path, undefined, await denied.sign(""))), {
    status: 403,
    body: { type: "AccessDeniedException", message: { message: "not allowed" } },
  });
  await using server = await openTelemetry();
  const headers = await server.sign("", { ...credentials, accessKeyId: "AKIAOTHER" });
  const other = await refusal(server.connect(`${server.url.pathname}${server.url.search}`, undefined, headers));
  assert.equal(other.status, 403);
  assert.match(other.body.message.message, /ecs:StartTelemetrySession .* because another principal registered/);
  await server.own.ecs.deregisterContainerInstance({ containerInstance: server.arn });
  const again = server.connect(`${server.url.pathname}${server.url.search}`, undefined, await server.sign(""));
  assert.equal((await refusal(again)).body.type, "InactiveInstanceException");
});

test("telemetry keeps the latest figures of the instance's own tasks", async () => {
  await using server = await openTelemetry();
  const task = await runTask(server);
  const { ask, socket } = await server.open();
  assert.deepEqual(await ask(metrics(server.arn, task)), { type: "AckPublishMetric", message: {} });
  const { figures, clock } = server.own.context;
  // A quarter of the machine's two vCPUs.
  const network = { rxBytesPerSecond: 1.5, txBytesPerSecond: 2.5 };
  assert.deepEqual(figures.get(task), {
    at: clock.now().getTime(),
    containers: [{ name: "app", cpu: 512, memory: 12, network }],
  });
  const foreign = `${task.slice(0, -4)}0000`;
  assert.equal((await ask(metrics(server.arn, foreign))).type, "AckPublishMetric");
  assert.equal(figures.get(foreign), undefined);
  const idle = { metadata: { cluster: "default", containerInstance: server.arn, idle: true, fin: true } };
  assert.equal((await ask({ type: "PublishMetricsRequest", message: idle })).type, "AckPublishMetric");
  server.own.clock.advance(121_000);
  assert.equal(figures.get(task), undefined, "figures grow old");
  socket.close();
});

test("telemetry's health is the container's, and the task's of its essential containers", async () => {
  await using server = await openTelemetry();
  const task = await runTask(server);
  const { ask, socket } = await server.open();
  const seen = async () => {
    const [shown] = (await server.own.ecs.describeTasks({ tasks: [task] })).tasks!;
    return [shown!.healthStatus, shown!.containers![0]!.healthStatus];
  };
  assert.deepEqual(await seen(), ["UNKNOWN", "UNKNOWN"]);
  for (const status of ["HEALTHY", "HEALTHY", "UNHEALTHY"]) {
    assert.deepEqual(await ask(health(server.arn, task, status)), { type: "AckPublishHealth", message: {} });
    assert.deepEqual(await seen(), [status, status]);
  }
  assert.equal((await ask(health(server.arn, `${task.slice(0, -4)}0000`, "HEALTHY"))).type, "AckPublishHealth");
  // The task of another machine.
  const other = await startFakeAgent(server.own);
  const { tasks } = await server.own.ecs.startTask({ taskDefinition: "plain", containerInstances: [other.arn] });
  await ask(health(server.arn, tasks![0]!.taskArn!, "HEALTHY"));
  const [untouched] = (await server.own.ecs.describeTasks({ tasks: [tasks![0]!.taskArn!] })).tasks!;
  assert.equal(untouched!.healthStatus, "UNKNOWN");
  await other.disconnect();
  socket.close();
});

test("telemetry's instance status is shown by DescribeContainerInstances", async () => {
  await using server = await openTelemetry();
  const { ask, socket } = await server.open();
  const statuses = [
    { type: "ContainerRuntime", status: "IMPAIRED", lastUpdated: 1_746_802_078, lastStatusChange: 1_746_802_070.5 },
    { type: "Agent", status: "OK" },
  ];
  const repeated = [...statuses.slice(0, 1).map((one) => ({ ...one, status: "OK" })), ...statuses];
  const metadata = { cluster: "default", containerInstance: server.arn, requestId: "r" };
  assert.deepEqual(await ask({ type: "PublishInstanceStatusRequest", message: { metadata, statuses: repeated } }), {
    type: "AckPublishInstanceStatus",
    message: {},
  });
  const { containerInstances } = await server.own.ecs.describeContainerInstances({
    containerInstances: [server.arn],
    include: ["CONTAINER_INSTANCE_HEALTH"],
  });
  assert.deepEqual(containerInstances![0]!.healthStatus, {
    overallStatus: "IMPAIRED",
    details: [
      {
        type: "CONTAINER_RUNTIME",
        status: "IMPAIRED",
        lastUpdated: new Date(1_746_802_078_000),
        lastStatusChange: new Date(1_746_802_070_500),
      },
    ],
  });
  socket.close();
});

test("telemetry refuses messages one by one, and goes on", async () => {
  await using server = await openTelemetry();
  const task = await runTask(server);
  const { ask, askRaw, socket } = await server.open();
  const good = metrics(server.arn, task);
  const body = JSON.stringify(good);
  const headers = await server.sign(body);
  const changed = body.replace('"fin":true', '"fin":false');
  const stranger = { ...credentials, accessKeyId: "AKIAOTHER" };
  const tooMany = { ...good.message, taskMetrics: Array(11).fill(good.message.taskMetrics[0]) };
  const cases: readonly (readonly [string, () => Promise<Message>, string, RegExp])[] = [
    ["no header lines", () => askRaw(body), "BadRequestException", /no header lines/],
    ["no signature", () => askRaw(`\r\n\r\n${body}`), "BadRequestException", /./],
    ["another body", () => askRaw(writeSignedFrame({ headers, body: changed })), "BadRequestException", /signature/],
    ["another signer", () => ask(good, stranger), "BadRequestException", /not who connected/],
    ["no JSON", () => ask("{"), "BadRequestException", /no JSON/],
    ["another type", () => ask({ type: "constructor", message: {} }), "BadRequestException", /type/],
    ["no message", () => ask({ type: "PublishMetricsRequest" }), "InvalidParameterException", /message must be/],
    [
      "more tasks than ten",
      () => ask({ type: "PublishMetricsRequest", message: tooMany }),
      "InvalidParameterException",
      /taskMetrics has more than 10/,
    ],
    [
      "a figure that is none",
      () => ask(metrics(server.arn, task, { cpuStatsSet: { min: "1", max: 1, sampleCount: 1, sum: 1 } })),
      "InvalidParameterException",
      /cpuStatsSet\.min must be a number/,
    ],
    [
      "a health",
      () => ask(health(server.arn, task, "FINE")),
      "InvalidParameterException",
      /healthStatus must be one of/,
    ],
    [
      "more containers than a task has",
      () => {
        const [task] = good.message.taskMetrics;
        const containerMetrics = Array(21).fill(task!.containerMetrics[0]);
        return ask({ ...good, message: { ...good.message, taskMetrics: [{ ...task, containerMetrics }] } });
      },
      "InvalidParameterException",
      /containerMetrics has more than 20/,
    ],
    [
      "a name that moves a terminal's cursor",
      () => ask(metrics(server.arn, task, { containerName: "\u001b[2Japp" })),
      "InvalidParameterException",
      /containerName must be a container's name/,
    ],
    [
      "a time that is no date",
      () => {
        const metadata = { cluster: "default", containerInstance: server.arn };
        const statuses = [{ type: "ContainerRuntime", status: "OK", lastUpdated: 1e13 }];
        return ask({ type: "PublishInstanceStatusRequest", message: { metadata, statuses } });
      },
      "InvalidParameterException",
      /lastUpdated must be seconds since 1970/,
    ],
    [
      "another instance",
      () => ask(metrics("arn:other", task)),
      "InvalidParameterException",
      /another container instance/,
    ],
  ];
  for (const [what, answer, type, message] of cases) {
    const { type: found, message: text } = await answer();
    assert.equal(found, type, what);
    assert.match(String(text.message), message, what);
  }
  assert.equal(server.own.context.figures.get(task), undefined);
  assert.equal((await ask(good)).type, "AckPublishMetric");
  assert.equal(server.own.warnings.length, 1, "one warning a connection");
  socket.close();
});

test("telemetry ends when the instance is deregistered or the caller is denied, and keeps agents awake before", async () => {
  let denial: string | undefined;
  await using server = await openTelemetry({ authorize: async () => denial });
  const { socket } = await server.open();
  server.timers.fire(telemetryHeartbeat);
  const [beat] = await once(socket, "message");
  assert.equal(JSON.parse(String(beat)).type, "HeartbeatMessage");
  denial = "no more";
  const closed = once(socket, "close");
  server.timers.fire(authorizationInterval);
  assert.equal((await closed)[0], 1008);
  denial = undefined;
  const { socket: second } = await server.open();
  await server.own.ecs.deregisterContainerInstance({ containerInstance: server.arn });
  const ended = once(second, "close");
  const last = once(second, "message");
  server.timers.fire(telemetryHeartbeat);
  assert.equal(JSON.parse(String((await last)[0])).type, "StopTelemetrySessionMessage");
  assert.equal((await ended)[0], 1008);
});

test("telemetry takes messages of a mebibyte, and no larger ones", async () => {
  await using server = await openTelemetry();
  const { ask, socket } = await server.open();
  const metadata = { cluster: "x".repeat(1024 * 1024), containerInstance: server.arn };
  assert.equal((await ask({ type: "PublishMetricsRequest", message: { metadata } })).type, "AckPublishMetric");
  const closed = once(socket, "close");
  socket.send("x".repeat(1024 * 1024 + 65 * 1024));
  assert.equal((await closed)[0], 1009);
});
