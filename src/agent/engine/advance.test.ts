import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadTask } from "../../acs/protocol.ts";
import { advance } from "./advance.ts";
import { containerStatus, isStopped, knownStatus } from "./status.ts";
import { after, arrived, awsvpc, container, payload, secret } from "./task.fixture.ts";
import type { AgentTask, TaskEvent } from "./task.ts";

const main = container("main");
const side = container("side", { essential: false });
const secretive = container("main", { secrets: [secret] });

const lost = "ContainerNetworkingError: the task's network namespace has ended";
const pulled: TaskEvent = { kind: "pulled", container: "main", digest: "sha256:1" };
const created: TaskEvent = { kind: "created", container: "main", id: "id-main" };
const started: TaskEvent = { kind: "started", container: "main", at: 500, ports: [] };
const stopped: TaskEvent = { kind: "stopped", container: "main", at: 900, exitCode: 3 };
const running: TaskEvent[] = [pulled, created, started];
const runningSide: TaskEvent[] = [
  { kind: "created", container: "side", id: "id-side" },
  { kind: "started", container: "side", at: 500, ports: [] },
];
const failed: TaskEvent = { kind: "stopped", container: "main", at: 900, reason: "CannotPullContainerError: no" };

/** Of a task: wanted state, containers' states, what the control plane is told. */
function summary(task: AgentTask): string {
  return `${task.desired} ${task.containers.map(({ attempt }) => attempt.status).join(" ")} ${knownStatus(task)}`;
}

const cases: readonly [string, PayloadTask, readonly TaskEvent[], string, string?][] = [
  ["a new task is pending", payload([main, side]), [], "RUNNING none none PENDING"],
  ["a pulled container is pending", payload([main]), [pulled], "RUNNING pulled PENDING"],
  [
    "a task runs once all its containers run",
    payload([main, side]),
    [...running, ...runningSide],
    "RUNNING running running RUNNING",
  ],
  ["a task with one container to start is pending", payload([main, side]), running, "RUNNING running none PENDING"],
  [
    "an essential container's end stops the task",
    payload([main, side]),
    [...running, ...runningSide, stopped],
    "STOPPED stopped running RUNNING",
  ],
  [
    "another container's end does not",
    payload([side, main]),
    [...running, ...runningSide, { ...stopped, container: "side" }],
    "RUNNING stopped running RUNNING",
  ],
  [
    "the last container's end stops a task without essential ones",
    payload([side]),
    [...runningSide, { ...stopped, container: "side" }],
    "STOPPED stopped STOPPED",
  ],
  [
    "a stop ends containers that were never created",
    payload([main, side]),
    [pulled, { kind: "stop-wanted" }],
    "STOPPED stopped stopped STOPPED",
  ],
  [
    "a stop waits for a container that is being created",
    payload([main]),
    [pulled, { kind: "creating", container: "main", runtimeName: "ecs-main" }, { kind: "stop-wanted" }],
    "STOPPED creating PENDING",
  ],
  [
    "a container created after the stop is kept in mind",
    payload([main]),
    [pulled, { kind: "creating", container: "main", runtimeName: "ecs-main" }, { kind: "stop-wanted" }, created],
    "STOPPED created PENDING",
  ],
  [
    "a pull that ends after the stop changes nothing",
    payload([main]),
    [{ kind: "stop-wanted" }, pulled],
    "STOPPED stopped STOPPED",
  ],
  [
    "secrets that fail stop the task and say why",
    payload([secretive]),
    [{ kind: "resource-failed", resource: "secrets", reason: "denied" }],
    "STOPPED stopped STOPPED",
    "denied",
  ],
  [
    "secrets that fail after the stop do not say why",
    payload([secretive]),
    [{ kind: "stop-wanted" }, { kind: "resource-failed", resource: "secrets", reason: "denied" }],
    "STOPPED stopped STOPPED",
  ],
  [
    "secrets that fail twice give the first reason",
    payload([secretive]),
    [
      { kind: "resource-failed", resource: "secrets", reason: "denied" },
      { kind: "resource-failed", resource: "secrets", reason: "again" },
    ],
    "STOPPED stopped STOPPED",
    "denied",
  ],
  ["a container's failure is not the task's reason on EC2", payload([main]), [failed], "STOPPED stopped STOPPED"],
  [
    "a container's failure is the task's reason on Fargate",
    payload([main], { launchType: "FARGATE" }),
    [failed],
    "STOPPED stopped STOPPED",
    "CannotPullContainerError: no",
  ],
  [
    "a container's failure after another ran is not",
    payload([main, side], { launchType: "FARGATE" }),
    [...runningSide, failed],
    "STOPPED stopped running PENDING",
  ],
  [
    "a task runs without a container that is not essential and cannot start",
    payload([main, side]),
    [...running, { ...failed, container: "side" }],
    "RUNNING running stopped RUNNING",
  ],
  [
    "a task runs without a container of which is only known that it ended",
    payload([main, side]),
    [...running, { kind: "stopped", container: "side", at: 900 }],
    "RUNNING running stopped RUNNING",
  ],
  [
    "a task whose essential container ended before the others ran never did",
    payload([main, side]),
    [...running, { kind: "created", container: "side", id: "id-side" }, stopped],
    "STOPPED stopped created PENDING",
  ],
  [
    "a task whose essential container ended while another started never did",
    payload([main, side]),
    [
      ...running,
      { kind: "created", container: "side", id: "id-side" },
      { kind: "starting", container: "side" },
      stopped,
      { kind: "started", container: "side", at: 901, ports: [] },
    ],
    "STOPPED stopped running PENDING",
  ],
  [
    "a container's failure after the stop is not",
    payload([main], { launchType: "FARGATE" }),
    [pulled, { kind: "creating", container: "main", runtimeName: "ecs-main" }, { kind: "stop-wanted" }, failed],
    "STOPPED stopped STOPPED",
  ],
  [
    "an open namespace keeps a task from being stopped",
    payload([main], awsvpc()),
    [{ kind: "resource-made", resource: "network", data: { id: "ns" } }, { kind: "stop-wanted" }],
    "STOPPED stopped PENDING",
  ],
  [
    "a namespace that is being opened does, too",
    payload([main], awsvpc()),
    [{ kind: "resource-making", resource: "network" }, { kind: "stop-wanted" }],
    "STOPPED stopped PENDING",
  ],
  [
    "a namespace that failed stops the task and says why",
    payload([main], awsvpc()),
    [{ kind: "resource-failed", resource: "network", reason: "no address" }],
    "STOPPED stopped STOPPED",
    "no address",
  ],
  [
    "a namespace that ends by itself stops the task and says why",
    payload([main], awsvpc()),
    [
      { kind: "resource-made", resource: "network", data: { id: "ns" } },
      { kind: "resource-lost", resource: "network", reason: lost },
    ],
    "STOPPED stopped PENDING",
    lost,
  ],
  [
    "a namespace that failed and is there nonetheless is kept in mind",
    payload([main], awsvpc()),
    [{ kind: "resource-failed", resource: "network", reason: "no answer", left: { id: "ns" } }],
    "STOPPED stopped PENDING",
    "no answer",
  ],
  [
    "a resource that the task does not need changes nothing",
    payload([main]),
    [{ kind: "resource-failed", resource: "network", reason: "no" }],
    "RUNNING none PENDING",
  ],
  [
    "an unknown container's end changes nothing",
    payload([main]),
    [{ ...stopped, container: "other" }],
    "RUNNING none PENDING",
  ],
];

for (const [name, task, events, expected, reason] of cases) {
  test(`advance: ${name}`, () => {
    const next = after(arrived(task), events);
    assert.equal(summary(next), expected);
    assert.equal(next.reason, reason);
  });
}

test("advance returns the task itself when an event would move it backwards", () => {
  const task = after(arrived(payload([secretive, side], awsvpc())), [
    { kind: "resource-made", resource: "secrets" },
    { kind: "resource-made", resource: "network", data: { id: "ns" } },
    { kind: "resource-undoing", resource: "network" },
    ...running,
    stopped,
  ]);
  const late: TaskEvent[] = [
    { kind: "stop-wanted" },
    { kind: "resource-making", resource: "secrets" },
    { kind: "resource-made", resource: "secrets" },
    { kind: "resource-making", resource: "network" },
    { kind: "resource-made", resource: "network", data: { id: "other" } },
    { kind: "resource-lost", resource: "network", reason: lost },
    { kind: "pulling", container: "main" },
    { kind: "creating", container: "main", runtimeName: "other" },
    ...running,
    stopped,
  ];
  for (const event of late) assert.equal(advance(task, event, 2000), task, event.kind);
});

test("advance keeps the moments of pull, end and stop", () => {
  let task = advance(arrived(payload([main, side])), { kind: "pulling", container: "main" }, 10);
  task = advance(task, { kind: "pulling", container: "side" }, 11);
  task = advance(task, pulled, 20);
  task = after(task, [created, started, ...runningSide], 30);
  task = advance(task, stopped, 40);
  assert.equal(task.stoppedAt, undefined);
  task = advance(task, { kind: "stopped", container: "side", at: 45, exitCode: 0 }, 50);
  assert.deepEqual(
    [task.pullStartedAt, task.pullStoppedAt, task.executionStoppedAt, task.stoppedAt],
    [10, 20, stopped.at, 50],
  );
  const attempt = { status: "stopped", runtimeId: "id-main", startedAt: 500, ports: [], finishedAt: 900, exitCode: 3 };
  assert.deepEqual(task.containers[0], { name: "main", imageDigest: "sha256:1", earlier: [], attempt });
  assert.ok(isStopped(task));
});

test("advance undoes and makes a resource in its own order, whatever others do", () => {
  let task = arrived(payload([main], awsvpc()));
  const statuses = () => task.resources.network;
  for (const [kind, expected] of [
    ["resource-making", { status: "making" }],
    ["resource-made", { status: "made", data: { id: "ns" } }],
    ["resource-undoing", { status: "undoing", data: { id: "ns" } }],
    ["resource-undone", { status: "undone" }],
  ] as const) {
    task = advance(task, { kind, resource: "network", ...(kind === "resource-made" && { data: { id: "ns" } }) }, 1);
    assert.deepEqual(statuses(), expected);
  }
});

test("containerStatus calls a container running only if it ever ran", () => {
  assert.equal(containerStatus({ attempt: { status: "stopping" } }), "PENDING");
  assert.equal(containerStatus({ attempt: { status: "stopping", startedAt: 1 } }), "RUNNING");
  assert.equal(containerStatus({ attempt: { status: "starting" } }), "PENDING");
});
