import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { AgentTelemetry } from "../../acs/telemetry-message.ts";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { randomIds } from "../../ids.ts";
import type { ContainerStats } from "../../runtime/stats.ts";
import { container, payload } from "../engine/task.fixture.ts";
import { type AgentTask, type Attempt, newTask } from "../engine/task.ts";
import { fakeControlPlane, instanceArn, instanceCredentials } from "../link/control-plane.fixture.ts";
import { startTelemetry } from "./telemetry.ts";

const publish = 20_000;
const sample = 10_000;
const mebibyte = 1024 * 1024;

function runningTask(index: number, health?: Attempt["health"]): AgentTask {
  const arn = `arn:aws:ecs:eu-west-1:123456789012:task/default/${index}`;
  const task = newTask({ ...payload([container("main")]), arn }, []);
  const attempt: Attempt = { status: "running", runtimeId: `id-${index}`, ...(health && { health }) };
  return { ...task, containers: [{ name: "main", earlier: [], attempt }] };
}

async function open(context: TestContext, tasks: readonly AgentTask[]) {
  const clock = fakeClock();
  const timers = fakeTimers();
  const plane = await fakeControlPlane({ now: () => clock.now() });
  context.after(() => plane[Symbol.asyncDispose]());
  const problems: string[] = [];
  const lost: string[] = [];
  const readings = new Map<string, () => ContainerStats | undefined>();
  const state = { tasks };
  const telemetry = startTelemetry({
    controlPlane: { discover: async () => ({ url: "", from: "", telemetryUrl: `${plane.endpoint}/telemetry` }) },
    credentials: async () => instanceCredentials,
    region: "eu-west-1",
    cluster: "default",
    containerInstanceArn: instanceArn,
    ...{ clock, timers, ids: randomIds },
    stats: { read: async (id) => readings.get(id)?.() },
    tasks: () => state.tasks,
    onProblem(reason) {
      problems.push(reason);
      plane.changed();
    },
    onDisconnect: (reason) => void lost.push(reason),
    onTurnedAway: (reason) => void lost.push(reason),
    minimumDelay: 100,
    maximumDelay: 300,
    maximumTurnedAwayDelay: 500,
    silence: 30_000,
  });
  context.after(() => telemetry[Symbol.asyncDispose]());
  await plane.until(() => plane.telemetry.sockets.length > 0);
  // What it hears tells that it has noticed its connection.
  plane.telemetry.sockets[0]!.send(JSON.stringify({ type: "ServerException", message: { message: "hello" } }));
  await plane.until(() => problems.length > 0);
  let cpu = 0;
  return {
    ...{ plane, clock, timers, telemetry, problems, state, readings },
    received: <Type extends AgentTelemetry["type"]>(type: Type, count: number) =>
      plane.until(() => {
        const found = plane.telemetry.received.filter((one) => one.type === type);
        return found.length >= count && (found as Extract<AgentTelemetry, { readonly type: Type }>[]);
      }),
    /** Looks at all containers once, when each has used half of the four CPUs for ten seconds. */
    async look() {
      clock.advance(sample);
      cpu += 20e9;
      let left = state.tasks.length;
      await new Promise<void>((resolve) => {
        for (const { containers } of state.tasks) {
          readings.set(containers[0]!.attempt.runtimeId!, () => {
            left--;
            if (left === 0) setImmediate(resolve);
            return {
              readAt: clock.now(),
              cpu: { total: cpu, user: 0, kernel: 0, machine: 0, onlineCpus: 4 },
              memory: { usage: 8 * mebibyte, limit: 0, details: {} },
            };
          });
        }
        timers.fire(sample);
      });
    },
  };
}

test("telemetry tells every 20 seconds what each container used, signed as AWS's agent signs", async (context) => {
  const { received, look, timers, plane } = await open(context, [runningTask(1)]);
  await look();
  await look();
  await look();
  timers.fire(publish);
  const [first] = await received("PublishMetricsRequest", 1);
  const { metadata, taskMetrics } = first!.message;
  const { messageId, ...rest } = metadata;
  assert.ok(messageId);
  assert.deepEqual(rest, { cluster: "default", containerInstance: instanceArn, fin: true, idle: false });
  assert.deepEqual(taskMetrics, [
    {
      taskArn: runningTask(1).arn,
      taskDefinitionFamily: runningTask(1).payload.family,
      taskDefinitionVersion: runningTask(1).payload.version,
      containerMetrics: [
        {
          containerName: "main",
          memoryStatsSet: { min: 8, max: 8, sampleCount: 3, sum: 24 },
          cpuStatsSet: { min: 50, max: 50, sampleCount: 2, sum: 100 },
        },
      ],
    },
  ]);
  timers.fire(publish);
  await look();
  timers.fire(publish);
  const [, second] = await received("PublishMetricsRequest", 2);
  assert.equal(second!.message.taskMetrics![0]!.containerMetrics![0]!.memoryStatsSet!.sampleCount, 1);
  assert.deepEqual(plane.problems, []);
});

test("telemetry knows a new container's use from its second look on", async (context) => {
  const { received, telemetry, look, timers, readings, clock } = await open(context, [runningTask(1)]);
  const stats: ContainerStats = {
    readAt: clock.now(),
    cpu: { total: 0, user: 0, kernel: 0, machine: 0, onlineCpus: 4 },
    memory: { usage: 8 * mebibyte, limit: 0, details: {} },
  };
  await new Promise<void>((resolve) => {
    readings.set("id-1", () => {
      setImmediate(resolve);
      return stats;
    });
    telemetry.changed(runningTask(1));
  });
  await look();
  timers.fire(publish);
  const [first] = await received("PublishMetricsRequest", 1);
  const [metric] = first!.message.taskMetrics![0]!.containerMetrics!;
  assert.deepEqual(metric!.cpuStatsSet, { min: 50, max: 50, sampleCount: 1, sum: 50 });
});

test("telemetry tells of ten tasks a message, the last of which says so", async (context) => {
  const { received, look, timers } = await open(
    context,
    Array.from({ length: 12 }, (_, index) => runningTask(index)),
  );
  await look();
  timers.fire(publish);
  const messages = await received("PublishMetricsRequest", 2);
  assert.deepEqual(
    messages.map(({ message }) => [message.taskMetrics?.length, message.metadata.fin]),
    [
      [10, false],
      [2, true],
    ],
  );
});

test("telemetry tells health when it connects, at once when it changes, and again every 20 seconds", async (context) => {
  const healthy = { status: "HEALTHY", since: 1_700_000_000_500 } as const;
  const { received, telemetry, timers, plane, state } = await open(context, [runningTask(1, healthy), runningTask(2)]);
  const [first] = await received("PublishHealthRequest", 1);
  assert.deepEqual(first!.message.tasks, [
    {
      taskArn: runningTask(1).arn,
      taskDefinitionFamily: runningTask(1).payload.family,
      taskDefinitionVersion: runningTask(1).payload.version,
      containers: [{ containerName: "main", healthStatus: "HEALTHY", statusSince: 1_700_000_000.5 }],
    },
  ]);
  const sick = runningTask(2, { status: "UNHEALTHY", since: 1_700_000_001_000 });
  state.tasks = [state.tasks[0]!, sick];
  telemetry.changed(sick);
  telemetry.changed({ ...sick, pullStartedAt: 1 });
  timers.fire(publish);
  const [, second, third] = await received("PublishHealthRequest", 3);
  assert.deepEqual(
    second!.message.tasks.map(({ taskArn, containers }) => [taskArn, containers[0]!.healthStatus]),
    [[sick.arn, "UNHEALTHY"]],
  );
  assert.equal(third!.message.tasks.length, 2);
  assert.deepEqual(plane.problems, []);
});

test("telemetry goes on after a refusal, a container that cannot be read, and a lost connection", async (context) => {
  const { received, look, timers, plane, problems, readings } = await open(context, [runningTask(1)]);
  plane.telemetry.sockets[0]!.send(JSON.stringify({ type: "BadRequestException", message: { message: "odd" } }));
  await plane.until(() => problems.includes("BadRequestException: odd"));
  readings.set("id-1", () => {
    throw new Error("no statistics");
  });
  timers.fire(sample);
  await plane.until(() => problems.includes("Error: no statistics"));
  plane.telemetry.sockets[0]!.terminate();
  while (!timers.pending().includes(100)) await new Promise(setImmediate);
  timers.advance(100);
  await plane.until(() => plane.telemetry.sockets.length === 2);
  await look();
  timers.fire(publish);
  assert.equal((await received("PublishMetricsRequest", 1)).length, 1);
});
