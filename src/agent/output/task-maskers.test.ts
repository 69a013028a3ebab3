import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorld } from "../engine/engine.fixture.ts";
import { knownStatus } from "../engine/status.ts";
import { container, credentials, payload, secret } from "../engine/task.fixture.ts";
import { resources } from "../resources/index.ts";
import { taskMaskers } from "./task-maskers.ts";

const file = { ...secret, name: "KEY", valueFrom: `${secret.valueFrom.slice(0, -6)}GhIjKl` };
const option = { ...secret, name: "splunk-token", type: "BOOTSTRAP", target: "LOG_DRIVER" } as const;
const hostConfig = JSON.stringify({ LogConfig: { Type: "splunk", Config: { "splunk-url": "http://splunk" } } });
const labels = { config: JSON.stringify({ Labels: { "sealift.secrets.file.KEY": "/run/key" } }) };

async function running() {
  // They are read in the order of the definition.
  const values = ["of-the-variable", "of-the-file"];
  const world = openWorld({ value: () => values.shift() ?? "" });
  const { engine, until, task } = world;
  const dockerConfig = { ...labels, hostConfig, version: "1.25" };
  const main = container("main", { secrets: [secret, file, option], dockerConfig });
  engine.accept(payload([main, container("other")], { executionRoleCredentials: credentials }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  return world;
}

test("values of a task's variables, log options and files are masked, as the runtime has them", async () => {
  const { runtime, task, clock } = await running();
  const maskers = taskMaskers({ runtime, resources, clock });
  const masker = await maskers.of(task());
  assert.ok(typeof masker === "object");
  assert.equal(masker.text("of-the-variable, of-the-file, other"), "***, ***, other");
  assert.equal(await maskers.of(task()), masker);
});

test("nothing is masked for a task without secrets, and nobody pretends where the values are gone", async () => {
  const { runtime, task, clock } = await running();
  const maskers = taskMaskers({ runtime, resources, clock });
  const { secrets: _, ...others } = task().resources;
  assert.equal(await maskers.of({ ...task(), resources: others }), "none");
  await runtime.containers.remove(task().containers[0]?.attempt.runtimeId ?? "");
  assert.equal(await maskers.of(task()), "unknown");
});
