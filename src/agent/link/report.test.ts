import assert from "node:assert/strict";
import { test } from "node:test";
import type { ECS, SubmitTaskStateChangeCommandInput } from "@aws-sdk/client-ecs";
import { fakeTimers } from "../../concurrency/timers.ts";
import { after, container, payload, taskArn, taskWith } from "../engine/task.fixture.ts";
import { type AgentTask, newTask } from "../engine/task.ts";
import { changeToTell, nothingReported, type ReporterOptions, reporter } from "./report.ts";

const fresh = newTask(payload([container("main"), container("side", { essential: false })]));
const running = after(fresh, [
  { kind: "pulling", container: "main" },
  { kind: "pulled", container: "main", digest: "sha256:1" },
  { kind: "created", container: "main", id: "id-main" },
  {
    kind: "started",
    container: "main",
    at: 10,
    ports: [{ containerPort: 80, hostPort: 32768, protocol: "tcp", bindIp: "0.0.0.0" }],
  },
]);
const stopped = after(
  running,
  [{ kind: "stopped", container: "main", at: 2000, exitCode: 1, reason: "x".repeat(2000) }],
  3000,
);

const mainRunning = {
  containerName: "main",
  status: "RUNNING",
  runtimeId: "id-main",
  imageDigest: "sha256:1",
  networkBindings: [{ containerPort: 80, hostPort: 32768, protocol: "tcp", bindIP: "0.0.0.0" }],
};
const pull = { pullStartedAt: new Date(1000), pullStoppedAt: new Date(1000) };

test("changeToTell has nothing to tell of a task that has only arrived", () => {
  assert.equal(changeToTell(fresh, nothingReported), undefined);
});

test("changeToTell tells each container's change once", () => {
  const first = changeToTell(running, nothingReported);
  assert.deepEqual(first?.change, { task: taskArn, status: "PENDING", containers: [mainRunning], ...pull });
  assert.equal(changeToTell(running, first.told), undefined);
});

test("changeToTell tells exit code, times and a reason of at most 1,024 characters", () => {
  const { told } = changeToTell(running, nothingReported)!;
  const last = changeToTell({ ...stopped, reason: "y".repeat(2000) }, told);
  assert.deepEqual(last?.change, {
    task: taskArn,
    status: "STOPPED",
    containers: [
      { ...mainRunning, status: "STOPPED", exitCode: 1, reason: "x".repeat(1024) },
      { containerName: "side", status: "STOPPED" },
    ],
    reason: "y".repeat(1024),
    ...pull,
    executionStoppedAt: new Date(2000),
  });
  assert.equal(changeToTell(stopped, last.told), undefined);
});

test("changeToTell does not call a container running that is stopped before it ran", () => {
  const task = taskWith([container("main")], { main: { status: "stopping", runtimeId: "id" } }, { desired: "STOPPED" });
  assert.equal(changeToTell(task, nothingReported), undefined);
});

function setUp(submit: (change: SubmitTaskStateChangeCommandInput) => Promise<unknown>, minimumDelay = 100) {
  const timers = fakeTimers();
  const submitted: string[] = [];
  const told: string[] = [];
  const failures: string[] = [];
  const state: { task: AgentTask | undefined } = { task: running };
  const options: ReporterOptions = {
    ecs: {
      async submitTaskStateChange(change: SubmitTaskStateChangeCommandInput) {
        submitted.push(change.status ?? "");
        return submit(change);
      },
    } as unknown as Pick<ECS, "submitTaskStateChange">,
    cluster: "default",
    timers,
    find: () => state.task,
    onFailure: (_arn, error) => failures.push((error as Error).message),
    onTold: (task) => told.push(task.containers.map(({ status }) => status).join(" ")),
    minimumDelay,
    maximumDelay: 300,
  };
  return { reports: reporter(options), timers, submitted, told, failures, state };
}

async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

test("reporter submits changes one after the other, the newest last", async () => {
  const held = Promise.withResolvers<void>();
  const { reports, submitted, told, state } = setUp(() => held.promise);
  reports.report(taskArn);
  reports.report(taskArn);
  await idle();
  state.task = stopped;
  reports.report(taskArn);
  await idle();
  assert.deepEqual(submitted, ["PENDING"]);
  held.resolve();
  await idle();
  assert.deepEqual(submitted, ["PENDING", "STOPPED"]);
  assert.deepEqual(told, ["stopped stopped"]);
  reports.report(taskArn);
  await idle();
  assert.equal(submitted.length, 2);
});

test("reporter tries again after a failure, each time a little later", async () => {
  let failing = true;
  const { reports, timers, submitted, failures, told, state } = setUp(async () => {
    if (failing) throw new Error("no route");
  });
  reports.report(taskArn);
  for (const delay of [100, 200, 300, 300]) {
    await idle();
    assert.deepEqual(timers.pending(), [delay]);
    timers.advance(delay);
  }
  await idle();
  assert.equal(failures.length, 5);
  state.task = stopped;
  failing = false;
  timers.advance(300);
  await idle();
  assert.deepEqual(submitted.slice(-2), ["PENDING", "STOPPED"]);
  assert.equal(told.length, 1);
  assert.deepEqual(timers.pending(), []);
});

test("reporter gives up what the control plane calls invalid", async () => {
  const { reports, failures, told, timers } = setUp(async () => {
    throw Object.assign(new Error("unknown task"), { name: "InvalidParameterException" });
  });
  reports.report(taskArn);
  await idle();
  assert.deepEqual([failures, told.length, timers.pending()], [["unknown task"], 1, []]);
});

test("reporter forgets a task that is gone, and tells all of one that comes again", async () => {
  const { reports, submitted, state } = setUp(async () => {});
  for (const task of [running, undefined, running]) {
    state.task = task;
    reports.report(taskArn);
    await idle();
  }
  assert.deepEqual(submitted, ["PENDING", "PENDING"]);
});

test("reporter is disposed of while it waits or submits", async () => {
  const waiting = setUp(async () => {
    throw new Error("no route");
  });
  waiting.reports.report(taskArn);
  await idle();
  await waiting.reports[Symbol.asyncDispose]();
  assert.deepEqual(waiting.timers.pending(), []);
  assert.equal(waiting.submitted.length, 1);
});
