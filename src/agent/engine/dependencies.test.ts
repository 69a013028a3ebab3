import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadContainer } from "../../acs/protocol.ts";
import { idle, openWorld } from "./engine.fixture.ts";
import { isStopped } from "./status.ts";
import { container, payload, taskArn } from "./task.fixture.ts";

const on = (name: string, condition: string, ...others: string[]) =>
  container(name, { dependsOn: others.map((containerName) => ({ containerName, condition })) });

const unresolvable: [what: string, PayloadContainer[]][] = [
  ["are not there", [on("a", "START", "absent")]],
  ["are themselves", [on("a", "START", "a")]],
  ["go in a circle", [on("a", "START", "b"), on("b", "COMPLETE", "c"), on("c", "START", "a"), container("d")]],
  ["go in a circle with links", [on("a", "START", "b"), container("b", { links: ["a"] })]],
  ["are to be healthy without a check", [on("a", "HEALTHY", "b"), container("b")]],
  ["have an unknown condition", [on("a", "READY", "b"), container("b")]],
];

for (const [what, containers] of unresolvable) {
  test(`engine stops a task with dependencies that ${what}, and never runs anything of it`, async () => {
    const { engine, task, runtime } = openWorld();
    assert.equal(await engine.accept(payload(containers)), true);
    assert.ok(isStopped(task()));
    assert.equal(task().reason, `Task dependencies cannot be resolved, taskArn: ${taskArn}`);
    assert.deepEqual(runtime.pulled, []);
  });
}

test("engine starts a container when the one that it depends on is healthy, and not before", async () => {
  const { engine, runtime, starts, task } = openWorld();
  const db = container("db", {
    healthCheckType: "docker",
    dockerConfig: {
      config: JSON.stringify({ Healthcheck: { Test: ["CMD-SHELL", "true"] } }),
      hostConfig: "{}",
      version: "1.25",
    },
  });
  engine.accept(payload([db, on("app", "HEALTHY", "db")]));
  await idle();
  const [id = ""] = runtime.specs.keys();
  assert.deepEqual(task().containers[0]?.attempt.health?.status, "UNKNOWN");
  runtime.setHealth(id, { status: "unhealthy" });
  await idle();
  assert.deepEqual([task().containers[0]?.attempt.health?.status, starts.get("app")], ["UNHEALTHY", undefined]);
  assert.deepEqual(runtime.pulled, ["db-image"]);
  runtime.setHealth(id, { status: "healthy" });
  await idle();
  assert.deepEqual([task().containers[0]?.attempt.health?.status, starts.get("app")], ["HEALTHY", 1]);
});

test("engine counts no check but the task definition's, as AWS's agent", async () => {
  const { engine, runtime, task } = openWorld();
  engine.accept(payload([container("main")]));
  await idle();
  const [id = ""] = runtime.specs.keys();
  runtime.setHealth(id, { status: "unhealthy" });
  await idle();
  assert.equal(task().containers[0]?.attempt.health, undefined);
});
