import assert from "node:assert/strict";
import { test } from "node:test";
import type { SubmitTaskStateChangeCommandInput } from "@aws-sdk/client-ecs";
import { fakeTimers } from "../../concurrency/timers.ts";
import { after, arrived, container, payload, taskArn, taskWith } from "../engine/task.fixture.ts";
import { changeToReport, nothingReported, type ReporterOptions, reporter } from "./report.ts";

const fresh = arrived(payload([container("main"), container("side", { essential: false })]));
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

test("changeToReport has nothing to report of a task that has only arrived", () => {
  assert.equal(changeToReport(fresh, nothingReported), undefined);
});

test("changeToReport reports each container's change once", () => {
  const first = changeToReport(running, nothingReported);
  assert.deepEqual(first?.change, { task: taskArn, status: "PENDING", containers: [mainRunning], ...pull });
  assert.equal(changeToReport(running, first.reported), undefined);
});

test("changeToReport tells of held secrets with the first container that started, and again where they changed", () => {
  const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/key";
  const holding = (version: string) => ({ held: [{ arn, version, containers: ["main"] }] });
  assert.equal(changeToReport({ ...fresh, ...holding("1") }, nothingReported), undefined);
  const first = changeToReport({ ...running, ...holding("1") }, nothingReported)!;
  assert.deepEqual(first.change.attachments, [{ attachmentArn: arn, status: "1 main" }]);
  assert.equal(changeToReport({ ...running, ...holding("1") }, first.reported), undefined);
  const again = changeToReport({ ...running, ...holding("2") }, first.reported)!;
  assert.deepEqual(
    [again.change.containers, again.change.attachments],
    [[], [{ attachmentArn: arn, status: "2 main" }]],
  );
  const end = changeToReport({ ...stopped, ...holding("2") }, again.reported)!;
  assert.equal("attachments" in end.change, false);
});

test("changeToReport tells of a restart only where the ports changed, and never of the end before it", () => {
  const { reported } = changeToReport(running, nothingReported)!;
  const between = { ...running, containers: running.containers.map((one) => ({ ...one })) };
  Object.assign(between.containers[0]!, {
    attempt: { ...running.containers[0]!.attempt, status: "created", ports: [], exitCode: 1, finishedAt: 20 },
  });
  assert.equal(changeToReport(between, reported), undefined);
  assert.equal(changeToReport(between, nothingReported)?.change.containers?.[0]?.exitCode, undefined);
  const port = { containerPort: 80, protocol: "tcp", bindIp: "0.0.0.0" } as const;
  const again = (hostPort: number) =>
    after(between, [{ kind: "started", container: "main", at: 30, ports: [{ ...port, hostPort }] }]);
  assert.equal(changeToReport(again(32768), reported), undefined);
  const { containers } = changeToReport(again(32769), reported)!.change;
  assert.equal(containers?.[0]?.networkBindings?.[0]?.hostPort, 32769);
});

test("changeToReport reports exit code, times and a reason of at most 1,024 characters", () => {
  const { reported } = changeToReport(running, nothingReported)!;
  const last = changeToReport({ ...stopped, reason: "y".repeat(2000) }, reported);
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
  assert.equal(changeToReport(stopped, last.reported), undefined);
});

test("changeToReport does not call a container running that is stopped before it ran", () => {
  const task = taskWith([container("main")], { main: { status: "stopping", runtimeId: "id" } }, { desired: "STOPPED" });
  assert.equal(changeToReport(task, nothingReported), undefined);
});

function setUp(submit: (change: SubmitTaskStateChangeCommandInput) => Promise<void>, minimumDelay = 100) {
  const timers = fakeTimers();
  const submitted: string[] = [];
  const reported: string[] = [];
  const failures: string[] = [];
  const options: ReporterOptions = {
    controlPlane: {
      submit(change) {
        submitted.push(change.status ?? "");
        return submit(change);
      },
    },
    cluster: "default",
    timers,
    onFailure: (_arn, error) => failures.push((error as Error).message),
    onReported: (task) => reported.push(task.containers.map(({ attempt }) => attempt.status).join(" ")),
    minimumDelay,
    maximumDelay: 300,
  };
  return { reports: reporter(options), timers, submitted, reported, failures };
}

async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

test("reporter submits changes one after the other, the newest last", async () => {
  const held = Promise.withResolvers<void>();
  const { reports, submitted, reported } = setUp(() => held.promise);
  reports.report(running);
  reports.report(running);
  await idle();
  reports.report(stopped);
  await idle();
  assert.deepEqual(submitted, ["PENDING"]);
  held.resolve();
  await idle();
  assert.deepEqual(submitted, ["PENDING", "STOPPED"]);
  assert.deepEqual(reported, ["stopped stopped"]);
  reports.report(stopped);
  await idle();
  assert.equal(submitted.length, 2);
});

test("reporter tries again after a failure, each time a little later", async () => {
  let failing = true;
  const { reports, timers, submitted, failures, reported } = setUp(async () => {
    if (failing) throw new Error("no route");
  });
  reports.report(running);
  for (const delay of [100, 200, 300, 300]) {
    await idle();
    assert.deepEqual(timers.pending(), [delay]);
    timers.advance(delay);
  }
  await idle();
  assert.equal(failures.length, 5);
  reports.report(stopped);
  failing = false;
  timers.advance(300);
  await idle();
  assert.deepEqual(submitted.slice(-2), ["PENDING", "STOPPED"]);
  assert.equal(reported.length, 1);
  assert.deepEqual(timers.pending(), []);
});

test("reporter gives up what the control plane calls invalid", async () => {
  const { reports, failures, reported, timers } = setUp(async () => {
    throw Object.assign(new Error("unknown task"), { name: "InvalidParameterException" });
  });
  reports.report(running);
  await idle();
  assert.deepEqual([failures, reported.length, timers.pending()], [["unknown task"], 1, []]);
});

test("reporter reports all of a task again that the control plane does not seem to know", async () => {
  const { reports, submitted } = setUp(async () => {});
  reports.report(stopped);
  await idle();
  reports.repeat(stopped);
  await idle();
  assert.deepEqual(submitted, ["STOPPED", "STOPPED"]);
});

test("reporter forgets a task that is gone, and reports all of one that comes again", async () => {
  const { reports, submitted } = setUp(async () => {});
  for (const _time of [1, 2]) {
    reports.report(running);
    await idle();
    reports.forget(running.arn);
  }
  assert.deepEqual(submitted, ["PENDING", "PENDING"]);
});

test("reporter is disposed of while it waits or submits", async () => {
  const waiting = setUp(async () => {
    throw new Error("no route");
  });
  waiting.reports.report(running);
  await idle();
  await waiting.reports[Symbol.asyncDispose]();
  assert.deepEqual(waiting.timers.pending(), []);
  assert.equal(waiting.submitted.length, 1);
});
