import assert from "node:assert/strict";
import { test } from "node:test";
import type { Task } from "../tasks/task.ts";
import { planService } from "./plan-service.ts";
import type { Deployment, ServiceRecord } from "./service.ts";

const now = 1_000_000;

function deployment(id: string, more: Partial<Deployment> = {}): Deployment {
  return {
    id,
    status: "PRIMARY",
    definitionArn: `definition-of-${id}`,
    launchType: "EC2",
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: "",
    createdAt: 0,
    updatedAt: 0,
    ...more,
  };
}

const old = deployment("old", { status: "ACTIVE", rolloutState: "COMPLETED" });

function service(more: Partial<ServiceRecord> = {}): ServiceRecord {
  return {
    arn: "arn",
    name: "web",
    clusterArn: "cluster",
    status: "ACTIVE",
    desiredCount: 2,
    launchType: "EC2",
    schedulingStrategy: "REPLICA",
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    deployments: [deployment("new")],
    events: [],
    steady: false,
    createdAt: 0,
    createdBy: "root",
    ...more,
  };
}

let made = 0;

/** `new R` runs, `new H` and `new B` too, healthy and not, `new Q` is not known to be; `new P` is pending, `new S` is stopping, `new X` has ended by itself, `new U` was stopped by a user. */
function tasks(text: string): Task[] {
  return text.split(",").flatMap((entry) => {
    const [startedBy, state] = entry.trim().split(" ");
    if (!startedBy) return [];
    const ended = state === "X" || state === "U";
    return {
      arn: `${startedBy}-${state}-${++made}`,
      startedBy,
      instanceArn: "instance",
      desiredStatus: /^[RPHBQ]$/.test(state ?? "") ? "RUNNING" : "STOPPED",
      lastStatus: ended ? "STOPPED" : state === "P" ? "PENDING" : "RUNNING",
      createdAt: made,
      ...(state === "X" && { stopCode: "TaskFailedToStart", stoppingAt: now - 500_000 }),
      ...(state === "U" && { stopCode: "UserInitiated", stoppingAt: now }),
      ...(/^[RHBQ]$/.test(state ?? "") && { startedAt: now - 1000 }),
      ...(state === "H" && { health: "HEALTHY" }),
      ...(state === "B" && { health: "UNHEALTHY" }),
      ...(state === "Q" && { health: "UNKNOWN" }),
    } as unknown as Task;
  });
}

const rolling = service({ deployments: [deployment("new"), old] });
const cases: readonly (readonly [string, ServiceRecord, string, { start: number; stop: string }])[] = [
  ["a new service starts all its tasks", service(), "", { start: 2, stop: "" }],
  ["what is pending counts", service(), "new P", { start: 1, stop: "" }],
  ["what stops does not count", service(), "new R, new S", { start: 1, stop: "" }],
  ["a task that a user stopped is replaced at once", service(), "new R, new U", { start: 1, stop: "" }],
  ["nothing is done for enough", service(), "new R, new P", { start: 0, stop: "" }],
  [
    "scaling down stops what does not run first",
    service({ desiredCount: 1 }),
    "new R, new P",
    { start: 0, stop: "new P" },
  ],
  ["scaling down stops the youngest", service({ desiredCount: 1 }), "new R, new R", { start: 0, stop: "new R" }],
  ["scaling to none stops all", service({ desiredCount: 0 }), "new R, new P", { start: 0, stop: "new P, new R" }],
  ["a deployment starts beside the old tasks", rolling, "old R, old R", { start: 2, stop: "" }],
  ["old tasks stay until new ones run", rolling, "old R, old R, new P, new P", { start: 0, stop: "" }],
  ["each new one that runs lets an old one go", rolling, "old R, old R, new R, new P", { start: 0, stop: "old R" }],
  ["all old ones go when all new ones run", rolling, "old R, old R, new R, new R", { start: 0, stop: "old R, old R" }],
  ["an old task that does not run goes at once", rolling, "old P, old R", { start: 2, stop: "old P" }],
  ["a new task counts once it is healthy", rolling, "old R, old R, new Q, new H", { start: 0, stop: "old R" }],
  ["old tasks stay until new ones are healthy", rolling, "old H, old H, new Q, new Q", { start: 0, stop: "" }],
  ["an unhealthy task stays until its place is taken", service(), "new H, new B", { start: 1, stop: "" }],
  [
    "it is left alone while its grace period lasts",
    service({ healthCheckGracePeriodSeconds: 2 }),
    "new H, new B",
    { start: 0, stop: "" },
  ],
  ["it stays while that one is not known to be healthy", service(), "new H, new B, new Q", { start: 0, stop: "" }],
  ["it goes when that one is healthy", service(), "new H, new B, new H", { start: 0, stop: "new B" }],
  [
    "one unhealthy task after the other makes room where the maximum leaves none",
    service({ deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 100 } }),
    "new B, new B",
    { start: 0, stop: "new B" },
  ],
  ["unhealthy tasks go where none are wanted", service({ desiredCount: 0 }), "new B", { start: 0, stop: "new B" }],
  [
    "no more than the maximum percentage run",
    service({ ...rolling, deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 100 } }),
    "old R, old R",
    { start: 1, stop: "" },
  ],
  [
    "no fewer than the minimum percentage run",
    service({ ...rolling, deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 50 } }),
    "old R, old R",
    { start: 0, stop: "old R" },
  ],
  [
    "the minimum is rounded up and the maximum down",
    service({
      ...rolling,
      desiredCount: 3,
      deploymentConfiguration: { maximumPercent: 133, minimumHealthyPercent: 34 },
    }),
    "old R, old R, old R",
    { start: 0, stop: "old R" },
  ],
  [
    "a draining service stops everything",
    service({ status: "DRAINING" }),
    "new R, new P",
    { start: 0, stop: "new R, new P" },
  ],
];

for (const [name, record, state, expected] of cases) {
  test(name, () => {
    const { start, stop } = planService(record, tasks(state), { now, draining: new Set() });
    assert.deepEqual(
      { start, stop: stop.map(({ task }) => task.arn.split("-").slice(0, 2).join(" ")).join(", ") },
      expected,
    );
  });
}

test("tasks on a draining instance are replaced before they are stopped", () => {
  const [leaving] = tasks("new R");
  const draining = new Set(["instance"]);
  const one = service({ desiredCount: 1 });
  const before = planService(one, [leaving!], { now, draining });
  assert.deepEqual([before.start, before.stop.length], [1, 0]);
  const [moved] = tasks("new R");
  const after = planService(one, [leaving!, { ...moved!, instanceArn: "other" }], { now, draining });
  assert.deepEqual([after.start, after.stop.map(({ task }) => task)], [0, [leaving]]);
});

test("a deployment is completed, and the service steady, once only its running tasks are left", () => {
  const waits = planService(rolling, tasks("new R, new R, old S"), { now, draining: new Set() });
  assert.equal(waits.service.deployments[0]!.rolloutState, "IN_PROGRESS");
  assert.equal(waits.service.deployments.length, 2);
  const done = planService(rolling, tasks("new R, new R"), { now, draining: new Set() });
  assert.equal(done.service.deployments.length, 1);
  assert.equal(done.service.deployments[0]!.rolloutState, "COMPLETED");
  assert.equal(done.service.lastCompleted!.definitionArn, "definition-of-new");
  assert.deepEqual(done.events, [
    "(service web) (deployment new) deployment completed.",
    "(service web) has reached a steady state.",
  ]);
  const later = planService(done.service, tasks("new R, new R"), { now, draining: new Set() });
  assert.equal(later.service.steady, true);
  assert.deepEqual(later.events, []);
});

test("a draining service is INACTIVE once its last task has stopped", () => {
  const draining = service({ status: "DRAINING", desiredCount: 0 });
  assert.equal(planService(draining, tasks("new S"), { now, draining: new Set() }).service.status, "DRAINING");
  assert.equal(planService(draining, tasks("new X"), { now, draining: new Set() }).service.status, "INACTIVE");
});

test("failing tasks are started again after ever longer waits, and an event tells of them", () => {
  const waits = [
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [30, 300_000],
  ] as const;
  for (const [count, wait] of waits) {
    const failed = tasks(Array.from({ length: count }, () => "new X").join(",")).map((task, index) => {
      const stoppingAt = now - 500_000 - (count - 1 - index);
      return { ...task, createdAt: stoppingAt - 1, stoppingAt };
    });
    const at = (time: number) => planService(service(), failed, { now: time, draining: new Set() });
    assert.equal(at(now - 500_000 + wait - 1).start, 0, `${count} failures, before ${wait} ms`);
    assert.equal(at(now - 500_000 + wait).start, 2, `${count} failures, after ${wait} ms`);
    assert.equal(at(now).events.length, count >= 5 ? 1 : 0);
  }
});

test("tasks of one try that fail together are one failure for the wait", () => {
  const [first, ...more] = tasks(Array.from({ length: 11 }, () => "new X").join(","));
  const together = more.map((task, index) => ({ ...task, createdAt: 2_000 + index, stoppingAt: 3_000 - index }));
  const failed = [...together, { ...first!, createdAt: 0, stoppingAt: 1_000 }];
  const at = (time: number) => planService(service(), failed, { now: time, draining: new Set() });
  assert.deepEqual([at(4_999).start, at(5_000).start], [0, 2]);
});

test("a task that has run for a minute ends a row of failures", () => {
  const failed = tasks("new X, new X, new X");
  const steady = { ...tasks("new R")[0]!, startedAt: now - 500_000 };
  assert.equal(planService(service(), [...failed, steady], { now: now - 400_000, draining: new Set() }).start, 1);
});

test("an event is not repeated until the service has been steady again", () => {
  const failed = tasks("new X, new X, new X, new X, new X");
  const [message] = planService(service(), failed, { now, draining: new Set() }).events;
  assert.match(message!, /^\(service web\) is unable to consistently start tasks successfully\./);
  const told = { id: "1", createdAt: 0, message: message! };
  const steady = { id: "2", createdAt: 0, message: "(service web) has reached a steady state." };
  const events = (list: ServiceRecord["events"]) =>
    planService(service({ events: list }), failed, { now, draining: new Set() }).events;
  assert.deepEqual(events([told]), []);
  assert.deepEqual(events([steady, told]), [message]);
});

test("the circuit breaker fails a deployment whose tasks do not start, and asks for the last one", () => {
  const deploymentCircuitBreaker = { enable: true, rollback: true };
  const configuration = { maximumPercent: 200, minimumHealthyPercent: 100, deploymentCircuitBreaker };
  const guarded = service({ ...rolling, deploymentConfiguration: configuration });
  const closed = planService(guarded, tasks("old R, old R, new X, new X"), { now, draining: new Set() });
  assert.equal(closed.rollback, false);
  const open = planService(guarded, tasks("old R, old R, new X, new X, new X"), { now, draining: new Set() });
  assert.equal(open.rollback, true);
  assert.equal(open.start, 0);
  assert.equal(open.service.deployments[0]!.rolloutState, "FAILED");
  assert.deepEqual(open.stop, []);
  const after = planService(open.service, tasks("old R, old R, new X, new X, new X"), { now, draining: new Set() });
  assert.deepEqual([after.start, after.rollback, after.events], [0, false, []]);
});

test("a deployment that its own percentages do not let go on says so", () => {
  const configuration = { maximumPercent: 100, minimumHealthyPercent: 100 };
  const { start, stop, events } = planService(
    service({ ...rolling, deploymentConfiguration: configuration }),
    tasks("old R, old R"),
    { now, draining: new Set() },
  );
  assert.deepEqual([start, stop], [0, []]);
  assert.match(events[0]!, /was unable to stop or start tasks during a deployment/);
});
