import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerState } from "../../runtime/containers.ts";
import { identityLabels } from "../../runtime/identity.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { resources } from "../resources/index.ts";
import { restoreTask, strays } from "./restore.ts";
import { isStopped, knownStatus } from "./status.ts";
import { after, arrived, awsvpc, container, payload, secret, taskArn, taskWith } from "./task.fixture.ts";
import type { AgentTask, Attempt, ContainerStatus, ResourceState } from "./task.ts";

const now = 5000;
const at = (milliseconds: number) => new Date(milliseconds);

const labels = (name: string, attempt = 1) => identityLabels({ taskArn, container: name, attempt });

function state(id: string, change: Partial<ContainerState> = {}): ContainerState {
  return { id, name: "ecs-main", labels: labels("main"), status: "running", isNamespace: false, ports: [], ...change };
}

const ports = [{ containerPort: 80, hostPort: 32768, protocol: "tcp", bindIp: "0.0.0.0" }] as const;
const created = state("id", { status: "created" });
const running = state("id", { startedAt: at(1000), ports });
const ended = state("id", { status: "stopped", startedAt: at(1000), finishedAt: at(2000), exitCode: 4 });
const lost = state("id", { status: "stopped", error: new RuntimeError("DockerStateError", "it never ran") });

const intended = { runtimeName: "ecs-main" };
const made = { ...intended, runtimeId: "id" };
const started = { ...made, startedAt: 1000 };
const over = { ...started, finishedAt: 2000, exitCode: 4 };
const vanished = { reason: "ContainerVanishedError: No container matching saved ID found" };

/** What was saved of a container, what the runtime has, and what comes of it. */
const cases: readonly [ContainerStatus, Partial<Attempt>, ContainerState | undefined, Attempt][] = [
  // Nothing was asked of the runtime yet.
  ["none", {}, undefined, { status: "none" }],
  ["pulling", {}, undefined, { status: "none" }],
  ["pulled", {}, undefined, { status: "none" }],
  // Killed between the intent and the creation, or between the creation and its record.
  ["creating", intended, undefined, { status: "none" }],
  ["creating", intended, created, { status: "created", ...made }],
  ["creating", intended, lost, { status: "none" }],
  ["creating", intended, running, { status: "running", ...started, ports }],
  ["creating", intended, ended, { status: "stopped", ...over }],
  ["created", made, created, { status: "created", ...made }],
  ["created", made, lost, { status: "none" }],
  ["created", made, running, { status: "running", ...started, ports }],
  ["created", made, ended, { status: "stopped", ...over }],
  ["created", made, undefined, { status: "stopped", ...made, ...vanished }],
  // Killed between the intent and the start, or between the start and its record.
  ["starting", made, created, { status: "created", ...made }],
  ["starting", made, lost, { status: "none" }],
  ["starting", made, running, { status: "running", ...started, ports }],
  ["starting", made, ended, { status: "stopped", ...over }],
  ["starting", made, undefined, { status: "stopped", ...made, ...vanished }],
  // Killed while it ran, or after its end.
  ["running", started, running, { status: "running", ...started, ports }],
  ["running", started, ended, { status: "stopped", ...over }],
  ["running", started, undefined, { status: "stopped", ...started, finishedAt: now, ...vanished }],
  ["stopping", started, running, { status: "running", ...started, ports }],
  ["stopping", started, ended, { status: "stopped", ...over }],
  ["stopping", made, created, { status: "created", ...made }],
  ["stopped", over, ended, { status: "stopped", ...over }],
  ["stopped", {}, undefined, { status: "stopped" }],
];

for (const [status, saved, found, expected] of cases) {
  const what = found === lost ? "stopped and never ran" : (found?.status ?? "not there");
  test(`restoreTask: a container saved as ${status} that is ${what} is ${expected.status}`, () => {
    const task = taskWith([container("other"), container("main", { essential: false })], {
      other: { status: "running", runtimeId: "other", startedAt: 1 },
      main: { status, ...saved },
    });
    const states = [state("other", { name: "ecs-other", labels: labels("other") }), ...(found ? [found] : [])];
    const restored = restoreTask(task, states, resources, now);
    assert.deepEqual(restored.containers[1], { name: "main", earlier: [], attempt: expected });
    assert.equal(restored.desired, "RUNNING");
  });
}

test("restoreTask takes over only the container that the intent names, with the task's own labels", () => {
  const task = taskWith([container("main")], { main: { status: "creating", ...intended } });
  const others: ContainerState[] = [
    state("id", { name: "ecs-older" }),
    state("id", { labels: labels("main", 2) }),
    state("id", { labels: labels("side") }),
    state("id", { labels: { ...labels("main"), "com.amazonaws.ecs.task-arn": `${taskArn}0` } }),
    state("id", { labels: {} }),
  ];
  for (const other of others) {
    assert.equal(restoreTask(task, [other], resources, now).containers[0]?.attempt.status, "none", other.name);
  }
});

test("restoreTask stops a task whose essential container ended meanwhile, also after another one", () => {
  const task = taskWith([container("side", { essential: false }), container("main")], {
    side: { status: "running", runtimeId: "side", startedAt: 1000 },
    main: { status: "running", ...started },
  });
  const side = state("side", { status: "stopped", exitCode: 0, startedAt: at(1000), finishedAt: at(1500) });
  const restored = restoreTask(task, [side, ended], resources, now);
  assert.deepEqual([restored.desired, restored.executionStoppedAt, restored.stoppedAt], ["STOPPED", 2000, now]);
  assert.ok(isStopped(restored));
});

test("restoreTask stops a task when all its containers ended meanwhile, though none was essential", () => {
  const task = taskWith([container("main", { essential: false })], { main: { status: "running", ...started } });
  assert.equal(knownStatus(restoreTask(task, [ended], resources, now)), "STOPPED");
});

test("restoreTask keeps why a container ended", () => {
  const error = new RuntimeError("OutOfMemoryError", "Container killed due to memory usage");
  const task = taskWith([container("main")], { main: { status: "running", ...started } });
  const restored = restoreTask(task, [{ ...ended, error }], resources, now);
  assert.equal(restored.containers[0]?.attempt.reason, "OutOfMemoryError: Container killed due to memory usage");
});

test("restoreTask does not show why a container with secrets never ran: the text may quote one", () => {
  const task = taskWith(
    [container("main", { secrets: [secret] })],
    { main: { status: "starting", ...made } },
    { desired: "STOPPED" },
  );
  const error = new RuntimeError("DockerStateError", "invalid size: 'canary'");
  const restored = restoreTask(task, [{ ...lost, error }], resources, now);
  const reason = "DockerStateError: the message is not shown, as it may quote a secret";
  assert.equal(restored.containers[0]?.attempt.reason, reason);
});

test("restoreTask ends what was on its way to be created when the task was to stop", () => {
  for (const status of ["none", "pulling", "pulled", "creating"] as ContainerStatus[]) {
    const task = taskWith([container("main")], { main: { status } }, { desired: "STOPPED" });
    assert.equal(knownStatus(restoreTask(task, [], resources, now)), "STOPPED", status);
  }
});

test("restoreTask leaves a task alone that was removed", () => {
  const task = taskWith([container("main")], { main: { status: "stopped", ...over } }, { removedAt: 1 });
  assert.equal(restoreTask(task, [], resources, now), task);
});

const namespace = (change: Partial<ContainerState> = {}) =>
  state("ns", { isNamespace: true, labels: labels("~internal~ecs~pause"), ...change });
const data = { id: "ns" };
const reason = "ContainerNetworkingError: the task's network namespace has ended";
const namespaces: readonly [ResourceState, ContainerState | undefined, ResourceState, string?][] = [
  [{ status: "none" }, undefined, { status: "none" }],
  [{ status: "making" }, undefined, { status: "none" }],
  [{ status: "making" }, namespace(), { status: "made", data }],
  [{ status: "making" }, namespace({ status: "stopped" }), { status: "none" }],
  [{ status: "made", data }, namespace(), { status: "made", data }],
  [{ status: "made", data }, namespace({ status: "stopped" }), { status: "made", data }, reason],
  [{ status: "made", data }, undefined, { status: "made", data }, reason],
  [{ status: "undoing", data }, namespace(), { status: "made", data }],
  [{ status: "undone" }, undefined, { status: "undone" }],
  [{ status: "failed" }, undefined, { status: "failed" }],
];

for (const [saved, found, expected, lostBecause] of namespaces) {
  test(`restoreTask: a namespace saved as ${saved.status} that is ${found?.status ?? "not there"}`, () => {
    const task = { ...arrived(payload([container("main")], awsvpc())), resources: { network: saved } };
    const restored = restoreTask(task, found ? [found] : [], resources, now);
    assert.deepEqual([restored.resources.network, restored.reason], [expected, lostBecause]);
  });
}

test("restoreTask makes secrets again that are still needed", () => {
  const secretive = [container("main", { secrets: [secret] })];
  const restored = (status: ResourceState["status"], main: Partial<Attempt> = {}, states: ContainerState[] = []) => {
    const task = taskWith(secretive, { main }, { resources: { secrets: { status } } });
    return restoreTask(task, states, resources, now).resources.secrets?.status;
  };
  assert.equal(restored("none"), "none");
  assert.equal(restored("making"), "none");
  assert.equal(restored("made", { status: "pulled" }), "none");
  assert.equal(restored("made", { status: "creating", ...intended }), "none");
  assert.equal(restored("made", { status: "created", ...made }, [lost]), "none");
  assert.equal(restored("made", { status: "created", ...made }, [created]), "made");
  assert.equal(restored("made", { status: "running", ...started }, [running]), "made");
  const failed = after(taskWith(secretive), [{ kind: "resource-failed", resource: "secrets", reason: "denied" }]);
  const again = restoreTask(failed, [], resources, now);
  assert.deepEqual([again.resources.secrets?.status, again.reason, again.stoppedAt], ["failed", "denied", 1000]);
});

test("strays are the containers and namespaces that no task knows", () => {
  const known: AgentTask = {
    ...taskWith([container("main")], { main: { status: "running", ...started } }),
    resources: { network: { status: "made", data } },
  };
  const states = [running, namespace(), state("lost"), state("lost-ns", { isNamespace: true })];
  assert.deepEqual(strays([known], states, resources), ["lost", "lost-ns"]);
});
