import assert from "node:assert/strict";
import { test } from "node:test";
import { resources } from "../resources/index.ts";
import { actions } from "./actions.ts";
import { arrived, awsvpc, container, payload, secret, taskWith } from "./task.fixture.ts";
import type { AgentTask, Attempt, ContainerStatus, ResourcePlan, ResourceState } from "./task.ts";

/** Each action as `kind container` or `kind resource`. */
function found(task: AgentTask, now = 0, plan: readonly ResourcePlan[] = resources): string[] {
  return actions(task, plan, now).map(
    (action) => `${action.kind} ${"container" in action ? action.container : action.resource}`,
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
  const task = arrived(payload([container("a", { secrets: [secret] }), container("b")], awsvpc()));
  assert.deepEqual(found(task), ["make network", "make secrets", "pull a", "pull b"]);
  const made = { status: "made", data: { id: "ns" } } as const;
  const ready = (change: Readonly<Record<string, ResourceState>> = {}): AgentTask => ({
    ...task,
    resources: { secrets: { status: "made" }, network: made, ...change },
    containers: task.containers.map((one) => ({ ...one, attempt: { status: "pulled" } })),
  });
  assert.deepEqual(found(ready()), ["create a", "create b"]);
  for (const status of ["making", "undoing", "undone", "failed"] as const) {
    assert.deepEqual(found(ready({ secrets: { status } })), [], status);
    assert.deepEqual(found(ready({ network: { status } })), [], status);
  }
});

test("actions undoes resources after the last container", () => {
  const task = { ...arrived(payload([a, container("b")], awsvpc())), ...stopping };
  const both = (one: ContainerStatus, other: ContainerStatus, network: ResourceState = made): AgentTask => ({
    ...task,
    resources: { network },
    containers: [
      { name: "a", earlier: [], attempt: { status: one } },
      { name: "b", earlier: [], attempt: { status: other } },
    ],
  });
  const made = { status: "made", data: { id: "ns" } } as const;
  assert.deepEqual(found(both("stopped", "stopping")), []);
  assert.deepEqual(found(both("stopped", "creating")), []);
  assert.deepEqual(found(both("stopped", "stopped")), ["undo network"]);
  for (const status of ["none", "making", "undoing", "undone", "failed"] as const) {
    assert.deepEqual(found(both("stopped", "stopped", { status })), [], status);
  }
});

test("actions makes a resource after those that it needs, and undoes it before them", () => {
  const plan = [
    { kind: "upper", after: ["lower", "absent"] },
    { kind: "lower", after: [] },
  ];
  const task = (lower: ResourceState["status"], upper: ResourceState["status"], change: Partial<AgentTask> = {}) =>
    found(
      taskWith(
        [a],
        { a: { status: "stopped" } },
        { resources: { lower: { status: lower }, upper: { status: upper } }, ...change },
      ),
      0,
      plan,
    );
  assert.deepEqual(task("none", "none"), ["make lower"]);
  assert.deepEqual(task("making", "none"), []);
  assert.deepEqual(task("made", "none"), ["make upper"]);
  assert.deepEqual(task("made", "made", stopping), ["undo upper"]);
  assert.deepEqual(task("made", "undoing", stopping), []);
  assert.deepEqual(task("made", "making", stopping), []);
  assert.deepEqual(task("made", "undone", stopping), ["undo lower"]);
  assert.deepEqual(task("made", "failed", stopping), ["undo lower"]);
  assert.deepEqual(task("undone", "undone", stopping), []);
});

const started = { startedAt: 1000, runtimeId: "id" };
type State = Partial<Attempt>;
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
  ["SUCCESS", { status: "stopped", exitCode: 143 }, unsuccessful],
  ["HEALTHY", { status: "running", ...started }, "wait"],
  ["HEALTHY", { status: "running", ...started, health: { status: "UNHEALTHY", since: 1 } }, "wait"],
  ["HEALTHY", { status: "running", ...started, health: { status: "HEALTHY", since: 1 } }, "pull"],
  ["HEALTHY", { ...zero, health: { status: "HEALTHY", since: 1 } }, "pull"],
  ["HEALTHY", { ...zero, health: { status: "UNKNOWN", since: 1 } }, "because dependency stopped before it was healthy"],
  ["START", { status: "created", ...started }, "pull"],
  ["COMPLETE", { ...zero, status: "created" }, "wait"],
  ["CREATE", { status: "pulled" }, "wait"],
  ["CREATE", { status: "created" }, "pull"],
];

for (const [condition, state, expected] of dependencies) {
  const how = [state.status, state.exitCode, state.health?.status].filter((one) => one !== undefined).join(" ");
  test(`actions: a dependency on ${condition} of a container that is ${how}: ${expected}`, () => {
    const target = container("target", { dependsOn: [{ containerName: "on", condition }] });
    const task = taskWith([container("on", { essential: false }), target], { on: state });
    const [action] = actions(task, resources, 0).filter((one) => "container" in one && one.container === "target");
    if (expected === "pull") assert.equal(action?.kind, "pull");
    else if (expected === "wait") assert.equal(action, undefined);
    else {
      const exit = state.exitCode === undefined ? "" : ` - Exit: ${state.exitCode}`;
      const on = `on(on-image) (STOPPED->RUNNING)${exit}`;
      const which = `dependency [${on}] for target [target(target-image) (MANIFEST_PULLED->RUNNING)]`;
      const reason = `dependency graph: failed to resolve container ordering ${which} ${expected}`;
      assert.deepEqual(action, { kind: "give-up", container: "target", reason });
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
  assert.deepEqual(found(task("HEALTHY"), 6000), ["give-up target"]);
  assert.deepEqual(found(task("START"), 6000), ["pull target"]);
});

test("actions pulls behind a diamond, a link and another container's volumes once they are met", () => {
  const on = (name: string, ...others: string[]) =>
    container(name, { dependsOn: others.map((containerName) => ({ containerName, condition: "START" })) });
  assert.deepEqual(found(taskWith([on("a", "b", "c"), on("b", "d"), on("c", "d"), container("d")])), ["pull d"]);
  const linked = container("linked", { links: ["d:alias"] });
  const mounting = container("mounting", { volumesFrom: [{ sourceContainer: "d", readOnly: false }] });
  const task = (status: ContainerStatus) => taskWith([linked, mounting, container("d")], { d: { status } });
  assert.deepEqual(found(task("pulling")), []);
  assert.deepEqual(found(task("created")), ["pull mounting", "start d"]);
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
