import assert from "node:assert/strict";
import { test } from "node:test";
import { actions } from "./actions.ts";
import { awsvpc, container, payload, secret, taskWith } from "./task.fixture.ts";
import { type AgentContainer, type AgentTask, type ContainerStatus, newTask } from "./task.ts";

/** Each action as `kind container`. */
function found(task: AgentTask, now = 0): string[] {
  return actions(task, now).map((action) =>
    "container" in action ? `${action.kind} ${action.container}` : action.kind,
  );
}

const a = container("a");
const stopping = { desired: "STOPPED" } as const;

test("actions takes a container from pull to start, and repeats nothing that is under way", () => {
  const expected: [ContainerStatus, string[]][] = [
    ["none", ["pull a"]],
    ["pulling", []],
    ["pulled", ["create a"]],
    ["creating", []],
    ["created", ["start a"]],
    ["starting", []],
    ["running", []],
    ["stopping", []],
    ["stopped", []],
  ];
  for (const [status, names] of expected) assert.deepEqual(found(taskWith([a], { a: { status } })), names, status);
});

test("actions stops what was created or runs, once", () => {
  const expected: [ContainerStatus, string[]][] = [
    ["creating", []],
    ["created", ["stop a"]],
    ["starting", []],
    ["running", ["stop a"]],
    ["stopping", []],
    ["stopped", []],
  ];
  for (const [status, names] of expected)
    assert.deepEqual(found(taskWith([a], { a: { status } }, stopping)), names, status);
});

test("actions pulls at once, and creates when secrets and network are there", () => {
  const task = newTask(payload([container("a", { secrets: [secret] }), container("b")], awsvpc()));
  assert.deepEqual(found(task), ["resolve-secrets", "open-namespace", "pull a", "pull b"]);
  const ready: AgentTask = {
    ...task,
    secrets: "resolved",
    namespace: { status: "open", id: "ns" },
    containers: task.containers.map((one) => ({ ...one, status: "pulled" })),
  };
  assert.deepEqual(found(ready), ["create a", "create b"]);
  for (const secrets of ["resolving", "waiting"] as const) assert.deepEqual(found({ ...ready, secrets }), [], secrets);
  for (const status of ["opening", "closed", "failed"] as const) {
    assert.deepEqual(found({ ...ready, namespace: { status } }), [], status);
  }
});

test("actions reads no secrets for containers that were created already", () => {
  const one = container("a", { secrets: [secret] });
  for (const secrets of ["none", "waiting"] as const) {
    assert.deepEqual(found(taskWith([one], { a: { status: "running" } }, { secrets })), [], secrets);
    assert.deepEqual(found(taskWith([one], { a: { status: "created" } }, { secrets })), ["start a"], secrets);
  }
});

test("actions closes the namespace after the last container", () => {
  const task = {
    ...newTask(payload([a, container("b")], awsvpc())),
    ...stopping,
    namespace: { status: "open", id: "ns" },
  } as const;
  const both = (one: ContainerStatus, other: ContainerStatus): AgentTask => ({
    ...task,
    containers: [
      { name: "a", status: one },
      { name: "b", status: other },
    ],
  });
  assert.deepEqual(found(both("stopped", "stopping")), []);
  assert.deepEqual(found(both("stopped", "creating")), []);
  assert.deepEqual(found(both("stopped", "stopped")), ["close-namespace"]);
  assert.deepEqual(found({ ...both("stopped", "stopped"), namespace: { status: "closing", id: "ns" } }), []);
});

const started = { startedAt: 1000, runtimeId: "id" };
type State = Partial<AgentContainer>;
const never: State = { status: "stopped" };
const zero: State = { status: "stopped", exitCode: 0, ...started };
const three: State = { status: "stopped", exitCode: 3, ...started };
const vanished: State = { status: "stopped", ...started };
const neverStarts = "because dependency will never start";
const unsuccessful = "as dependency did not exit successfully.";

/** What is done for a container that depends on another in the given state: a pull, nothing, or giving up. */
const dependencies: [condition: string, State, "pull" | "wait" | string][] = [
  ["START", { status: "none" }, "wait"],
  ["START", { status: "created" }, "wait"],
  ["START", { status: "starting" }, "wait"],
  ["START", { status: "running", ...started }, "pull"],
  ["START", three, "pull"],
  ["START", never, neverStarts],
  ["COMPLETE", { status: "running", ...started }, "wait"],
  ["COMPLETE", zero, "pull"],
  ["COMPLETE", three, "pull"],
  ["COMPLETE", never, neverStarts],
  ["COMPLETE", vanished, unsuccessful],
  ["SUCCESS", { status: "running", ...started }, "wait"],
  ["SUCCESS", zero, "pull"],
  ["SUCCESS", three, unsuccessful],
  ["SUCCESS", never, neverStarts],
  ["SUCCESS", vanished, unsuccessful],
  ["HEALTHY", { status: "running", ...started }, "as this agent cannot tell when it is HEALTHY"],
];

for (const [condition, state, expected] of dependencies) {
  const how = `${state.status}${state.exitCode === undefined ? "" : ` with ${state.exitCode}`}`;
  test(`actions: a dependency on ${condition} of a container that is ${how}: ${expected}`, () => {
    const target = container("target", { dependsOn: [{ containerName: "on", condition }] });
    const task = taskWith([container("on", { essential: false }), target], { on: state });
    const [action] = actions(task, 0).filter((one) => "container" in one && one.container === "target");
    if (expected === "pull") assert.equal(action?.kind, "pull");
    else if (expected === "wait") assert.equal(action, undefined);
    else {
      const text = `dependency graph: failed to resolve container ordering dependency [on] for target [target] ${expected}`;
      assert.deepEqual(action, { kind: "give-up", container: "target", reason: text });
    }
  });
}

test("actions gives up a container that waits longer than the dependency's startTimeout", () => {
  const on = container("on", { essential: false, startTimeout: 5 });
  const task = (condition: string) =>
    taskWith([on, container("target", { dependsOn: [{ containerName: "on", condition }] })], {
      on: { status: "running", ...started },
    });
  assert.deepEqual(found(task("SUCCESS"), 5999), []);
  assert.deepEqual(found(task("SUCCESS"), 6000), ["give-up target"]);
  assert.deepEqual(found(task("COMPLETE"), 6000), ["give-up target"]);
  assert.deepEqual(found(task("START"), 6000), ["pull target"]);
});

test("actions gives up containers whose dependencies are missing or go in a circle", () => {
  const on = (name: string, ...others: string[]) =>
    container(name, { dependsOn: others.map((containerName) => ({ containerName, condition: "START" })) });
  assert.deepEqual(found(taskWith([on("a", "absent")])), ["give-up a"]);
  assert.deepEqual(found(taskWith([on("a", "a")])), ["give-up a"]);
  const circle = taskWith([on("a", "b"), on("b", "c"), on("c", "a"), on("d", "a"), container("e")]);
  assert.deepEqual(found(circle), ["give-up a", "give-up b", "give-up c", "pull e"]);
  // A diamond is none.
  assert.deepEqual(found(taskWith([on("a", "b", "c"), on("b", "d"), on("c", "d"), container("d")])), ["pull d"]);
});

test("actions stops containers in reverse order of their dependencies", () => {
  const chain = [
    container("a"),
    container("b", { dependsOn: [{ containerName: "a", condition: "START" }] }),
    container("c", { dependsOn: [{ containerName: "b", condition: "START" }] }),
  ];
  const at = (...statuses: ContainerStatus[]) =>
    found(
      taskWith(
        chain,
        Object.fromEntries(["a", "b", "c"].map((name, index) => [name, { status: statuses[index]! }])),
        stopping,
      ),
    );
  assert.deepEqual(at("running", "running", "running"), ["stop c"]);
  assert.deepEqual(at("running", "running", "stopping"), []);
  assert.deepEqual(at("running", "running", "stopped"), ["stop b"]);
  assert.deepEqual(at("running", "stopping", "stopped"), []);
  assert.deepEqual(at("running", "stopped", "stopped"), ["stop a"]);
});
