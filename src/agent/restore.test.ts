import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerState } from "../runtime/containers.ts";
import { RuntimeError } from "../runtime/runtime-error.ts";
import { restoreTask, strays } from "./restore.ts";
import { after, awsvpc, container, payload, taskWith } from "./task.fixture.ts";
import { type AgentContainer, type AgentTask, type ContainerStatus, isStopped, knownStatus, newTask } from "./task.ts";

const now = 5000;
const at = (milliseconds: number) => new Date(milliseconds);

function state(id: string, change: Partial<ContainerState>): [string, ContainerState] {
  return [id, { id, name: id, labels: {}, status: "running", isNamespace: false, ports: [], ...change }];
}

const ports = [{ containerPort: 80, hostPort: 32768, protocol: "tcp", bindIp: "0.0.0.0" }] as const;
const created = state("id", { status: "created" });
const running = state("id", { startedAt: at(1000), ports });
const ended = state("id", { status: "stopped", startedAt: at(1000), finishedAt: at(2000), exitCode: 4 });

const atStart = { runtimeId: "id" };
const started = { runtimeId: "id", startedAt: 1000 };

/** What was saved of a container, what the runtime has, and what comes of it. */
const cases: readonly [
  AgentContainer["status"],
  Partial<AgentContainer>,
  [string, ContainerState] | undefined,
  Partial<AgentContainer>,
][] = [
  ["none", {}, undefined, { status: "none" }],
  ["pulling", {}, undefined, { status: "none" }],
  ["pulled", {}, undefined, { status: "none" }],
  ["creating", {}, undefined, { status: "none" }],
  ["created", atStart, created, { status: "created", ...atStart }],
  ["created", atStart, running, { status: "running", ...started, ports }],
  ["starting", atStart, created, { status: "created", ...atStart }],
  ["starting", atStart, running, { status: "running", ...started, ports }],
  ["starting", atStart, ended, { status: "stopped", ...started, exitCode: 4 }],
  ["running", started, running, { status: "running", ...started, ports }],
  ["running", started, ended, { status: "stopped", ...started, exitCode: 4 }],
  [
    "running",
    started,
    undefined,
    { status: "stopped", ...started, reason: "ContainerVanishedError: No container matching saved ID found" },
  ],
  [
    "created",
    atStart,
    undefined,
    { status: "stopped", ...atStart, reason: "ContainerVanishedError: No container matching saved ID found" },
  ],
  ["stopping", started, running, { status: "running", ...started, ports }],
  ["stopping", started, ended, { status: "stopped", ...started, exitCode: 4 }],
  ["stopping", atStart, created, { status: "created", ...atStart }],
  ["stopped", { ...started, exitCode: 0 }, ended, { status: "stopped", ...started, exitCode: 0 }],
  ["stopped", {}, undefined, { status: "stopped" }],
];

for (const [status, saved, found, expected] of cases) {
  test(`restoreTask: a container saved as ${status} that is ${found?.[1].status ?? "not there"} is ${expected.status}`, () => {
    const task = taskWith([container("other"), container("main", { essential: false })], {
      other: { status: "running", runtimeId: "other", startedAt: 1 },
      main: { status, ...saved },
    });
    const states = new Map([state("other", {}), ...(found ? [found] : [])]);
    const restored = restoreTask(task, states, now);
    assert.deepEqual(restored.containers[1], { name: "main", ...expected });
    assert.equal(restored.desired, "RUNNING");
  });
}

test("restoreTask stops a task whose essential container ended meanwhile, also after another one", () => {
  const task = taskWith([container("side", { essential: false }), container("main")], {
    side: { status: "running", runtimeId: "side", startedAt: 1000 },
    main: { status: "running", ...started },
  });
  const states = new Map([
    state("side", { status: "stopped", exitCode: 0, startedAt: at(1000), finishedAt: at(1500) }),
    ended,
  ]);
  const restored = restoreTask(task, states, now);
  assert.deepEqual([restored.desired, restored.executionStoppedAt, restored.stoppedAt], ["STOPPED", 2000, now]);
  assert.ok(isStopped(restored));
});

test("restoreTask stops a task when all its containers ended meanwhile, though none was essential", () => {
  const task = taskWith([container("main", { essential: false })], { main: { status: "running", ...started } });
  assert.equal(knownStatus(restoreTask(task, new Map([ended]), now)), "STOPPED");
});

test("restoreTask keeps why a container ended", () => {
  const error = new RuntimeError("OutOfMemoryError", "Container killed due to memory usage");
  const task = taskWith([container("main")], { main: { status: "running", ...started } });
  const restored = restoreTask(task, new Map([state("id", { ...ended[1], error })]), now);
  assert.equal(restored.containers[0]?.reason, "OutOfMemoryError: Container killed due to memory usage");
});

test("restoreTask ends what was on its way to be created when the task was to stop", () => {
  for (const status of ["none", "pulling", "pulled", "creating"] as ContainerStatus[]) {
    const task = taskWith([container("main")], { main: { status } }, { desired: "STOPPED" });
    assert.equal(knownStatus(restoreTask(task, new Map(), now)), "STOPPED", status);
  }
});

const namespace = (change: Partial<ContainerState>) => new Map([state("ns", { isNamespace: true, ...change })]);
const lost = "ContainerNetworkingError: the task's network namespace has ended";
const namespaces: readonly [AgentTask["namespace"], Map<string, ContainerState>, AgentTask["namespace"], string?][] = [
  [{ status: "unneeded" }, new Map(), { status: "unneeded" }],
  [{ status: "none" }, new Map(), { status: "none" }],
  [{ status: "opening" }, new Map(), { status: "none" }],
  [{ status: "open", id: "ns" }, namespace({}), { status: "open", id: "ns" }],
  [{ status: "open", id: "ns" }, namespace({ status: "stopped" }), { status: "open", id: "ns" }, lost],
  [{ status: "open", id: "ns" }, new Map(), { status: "open", id: "ns" }, lost],
  [{ status: "closing", id: "ns" }, namespace({}), { status: "open", id: "ns" }],
  [{ status: "closed" }, new Map(), { status: "closed" }],
  [{ status: "failed" }, new Map(), { status: "failed" }],
];

for (const [saved, states, expected, reason] of namespaces) {
  test(`restoreTask: a namespace saved as ${saved.status} that is ${states.get("ns")?.status ?? "not there"}`, () => {
    const restored = restoreTask({ ...newTask(payload([container("main")], awsvpc())), namespace: saved }, states, now);
    assert.deepEqual([restored.namespace, restored.reason], [expected, reason]);
  });
}

test("restoreTask waits for credentials unless the secrets have failed", () => {
  for (const secrets of ["none", "waiting", "resolving", "resolved"] as const) {
    assert.equal(
      restoreTask(taskWith([container("main")], {}, { secrets }), new Map(), now).secrets,
      "waiting",
      secrets,
    );
  }
  const failed = after(newTask(payload([container("main")])), [{ kind: "secrets-failed", reason: "denied" }]);
  const restored = restoreTask(failed, new Map(), now);
  assert.deepEqual([restored.secrets, restored.reason, restored.stoppedAt], ["failed", "denied", 1000]);
});

test("strays are the containers and namespaces that no task knows", () => {
  const known = taskWith(
    [container("main")],
    { main: { status: "running", ...started } },
    { namespace: { status: "open", id: "ns" } },
  );
  const states = new Map([running, ...namespace({}), state("lost", {}), state("lost-ns", { isNamespace: true })]);
  assert.deepEqual(strays([known], states), ["lost", "lost-ns"]);
});
