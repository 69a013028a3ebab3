import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorld } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, payload, taskArn } from "../engine/task.fixture.ts";
import { resources } from "./index.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/** All that a new kind of resource takes: this object, and one line in the list. */
function directory(log: string[]): Resource<{ readonly path: string }> {
  return {
    kind: "directory",
    after: ["network"],
    keeps: "state",
    needed: ({ payload: { family } }) => family === "web",
    async make(_context, { payload: { family } }) {
      log.push("make");
      if (log.includes("full")) throw new ResourceFailure("the disk is full");
      return { path: `/${family}` };
    },
    async undo(_context, _task, { path }) {
      log.push(`undo ${path}`);
    },
    apply: (spec, _task, _name, data) => ({ ...spec, environment: { ...spec.environment, WORK: data?.path ?? "" } }),
  };
}

function world(log: string[] = []) {
  const open = openWorld({
    resources: [...resources, directory(log)],
    before(operation, subject) {
      log.push(operation);
      if (typeof subject === "object" && "environment" in subject) log.push(subject.environment.WORK ?? "");
    },
  });
  return { ...open, log };
}

test("a third kind of resource is made before containers, put into them and undone after them", async () => {
  const { engine, task, until, log } = world();
  engine.accept(payload([container("main")]));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  engine.stop(taskArn);
  await until("the task has stopped", () => isStopped(task()));
  const inOrder = log.filter((entry) => entry !== "pull");
  assert.deepEqual(inOrder, ["make", "create", "/web", "start", "/web", "stop", "/web", "undo /web"]);
});

test("a third kind of resource is kept over a kill -9", async () => {
  const first = world();
  first.engine.accept(payload([container("main")]));
  await first.until("the task runs", () => knownStatus(first.task()) === "RUNNING");
  const second = await first.killed();
  second.engine.stop(taskArn);
  await second.until("the task has stopped", () => isStopped(second.task()));
  assert.deepEqual(
    first.log.filter((entry) => entry.includes("make") || entry.includes("undo")),
    ["make", "undo /web"],
  );
});

test("a third kind of resource that cannot be made stops the task and says why", async () => {
  const { engine, task, until, log } = world(["full"]);
  engine.accept(payload([container("main")]));
  await until("the task has stopped", () => isStopped(task()));
  assert.equal(task().reason, "the disk is full");
  assert.ok(!log.includes("create"));
});

test("a task that does not need it has no resource of that kind", async () => {
  const { engine, task, until, log } = world();
  engine.accept(payload([container("main")], { family: "other" }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.deepEqual([task().resources, log.includes("make")], [{}, false]);
});
