import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, type Observation, requestStop, stopNow } from "./state.ts";
import type { Task } from "./task.ts";

const container = {
  name: "app",
  image: "nginx",
  essential: true,
  lastStatus: "PENDING",
  cpu: 0,
  arn: "arn:c",
} as const;
const task: Task = {
  arn: "arn:aws:ecs:us-east-1:1:task/default/1",
  clusterArn: "arn:aws:ecs:us-east-1:1:cluster/default",
  definitionArn: "arn:aws:ecs:us-east-1:1:task-definition/web:1",
  family: "web",
  revision: 1,
  launchType: "EC2",
  group: "family:web",
  desiredStatus: "RUNNING",
  lastStatus: "PENDING",
  version: 1,
  overrides: {},
  containers: [container, { ...container, name: "side", essential: false }],
  reservation: { cpu: 0, memory: 0, tcp: [], udp: [], gpus: [] },
  credentialIds: { task: "t", execution: "e" },
  enableExecuteCommand: false,
  createdAt: 0,
};
const running: Task = advance(task, { at: 10, status: "RUNNING", containers: [{ name: "app", status: "RUNNING" }] });

const ends: readonly (readonly [string, Task, Omit<Observation, "at">, Partial<Task>])[] = [
  [
    "an essential container's exit",
    running,
    { status: "STOPPED", containers: [{ name: "app", status: "STOPPED", exitCode: 1 }] },
    { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" },
  ],
  [
    "an exit before anybody said RUNNING",
    task,
    { status: "STOPPED", containers: [{ name: "app", status: "STOPPED", exitCode: 0 }] },
    { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" },
  ],
  [
    "a container that cannot start",
    task,
    { status: "STOPPED", containers: [{ name: "app", status: "STOPPED", reason: "CannotPullContainerError: x" }] },
    { stopCode: "TaskFailedToStart", stoppedReason: "Task failed to start" },
  ],
  [
    "a dependency that failed, which has an exit code",
    task,
    {
      status: "STOPPED",
      containers: [{ name: "app", status: "STOPPED", exitCode: 143, reason: "CannotStartContainerError: dependency" }],
    },
    { stopCode: "TaskFailedToStart", stoppedReason: "Task failed to start" },
  ],
  [
    "a container that cannot start, for which another was stopped",
    { ...task, containers: [container, { ...container, name: "db" }] },
    {
      status: "STOPPED",
      containers: [
        { name: "app", status: "STOPPED", exitCode: 143, reason: "CannotStartContainerError: dependency" },
        { name: "db", status: "STOPPED", exitCode: 137 },
      ],
    },
    { stopCode: "TaskFailedToStart", stoppedReason: "Task failed to start" },
  ],
  [
    "the agent's own reason",
    task,
    { status: "STOPPED", reason: "Fetching secret data from SSM Parameter Store in us-east-1: x" },
    { stopCode: "TaskFailedToStart", stoppedReason: "Fetching secret data from SSM Parameter Store in us-east-1: x" },
  ],
  [
    "a user's stop, whatever the agent says",
    requestStop(running, { at: 15, code: "UserInitiated", reason: "mine" }),
    { status: "STOPPED", reason: "other", containers: [{ name: "app", status: "STOPPED", exitCode: 137 }] },
    { stopCode: "UserInitiated", stoppedReason: "mine" },
  ],
];

for (const [name, before, observed, expected] of ends) {
  test(`a task stops with the reason of ${name}`, () => {
    const after = advance(before, { at: 20, ...observed });
    assert.equal(after.lastStatus, "STOPPED");
    assert.equal(after.desiredStatus, "STOPPED");
    assert.deepEqual({ stopCode: after.stopCode, stoppedReason: after.stoppedReason }, expected);
    assert.equal(after.stoppedAt, 20);
    assert(after.containers.every(({ lastStatus }) => lastStatus === "STOPPED"));
  });
}

const forward: readonly (readonly [Task["lastStatus"], string, Task["lastStatus"]])[] = [
  ["PROVISIONING", "NONE", "PENDING"],
  ["PROVISIONING", "CREATED", "PENDING"],
  ["PENDING", "MANIFEST_PULLED", "PENDING"],
  ["PENDING", "RUNNING", "RUNNING"],
  ["PENDING", "ACTIVATING", "ACTIVATING"],
  ["RUNNING", "PENDING", "RUNNING"],
  ["RUNNING", "DEACTIVATING", "DEACTIVATING"],
  ["DEPROVISIONING", "RUNNING", "DEPROVISIONING"],
  ["RUNNING", "NO SUCH STATE", "RUNNING"],
  ["STOPPED", "RUNNING", "STOPPED"],
];

for (const [before, said, after] of forward) {
  test(`a task that is ${before} is ${after} when the agent says ${said}`, () => {
    assert.equal(advance({ ...task, lastStatus: before }, { at: 1, status: said }).lastStatus, after);
  });
}

test("a task is no longer wanted once an essential container has stopped", () => {
  const after = advance(running, { at: 30, containers: [{ name: "app", status: "STOPPED", exitCode: 3 }] });
  assert.equal(after.desiredStatus, "STOPPED");
  assert.equal(after.lastStatus, "RUNNING");
  assert.equal(after.stopCode, "EssentialContainerExited");
  assert.equal(after.stoppingAt, 30);
});

test("a task goes on without a container that is not essential", () => {
  const after = advance(running, { at: 30, containers: [{ name: "side", status: "STOPPED", exitCode: 3 }] });
  assert.equal(after.desiredStatus, "RUNNING");
  assert.equal(after.containers[1]!.exitCode, 3);
});

test("a task that is told nothing new is the same object, another has the next version", () => {
  const observed = { at: 11, status: "RUNNING", containers: [{ name: "app", status: "RUNNING" }] };
  assert.equal(advance(running, observed), running);
  assert.equal(running.version, 2);
  assert.equal(running.startedAt, 10);
});

test("the first reason to stop stays", () => {
  const first = requestStop(running, { at: 1, code: "UserInitiated", reason: "first" });
  assert.equal(requestStop(first, { at: 2, code: "ServiceSchedulerInitiated", reason: "second" }), first);
});

test("a task stopped by the control plane alone ends at once", () => {
  const after = stopNow(task, { at: 5, code: "TaskFailedToStart", reason: "no role" });
  assert.deepEqual([after.lastStatus, after.stoppedAt, after.stoppedReason], ["STOPPED", 5, "no role"]);
  assert.equal(stopNow(after, { at: 6, code: "UserInitiated", reason: "x" }), after);
});
