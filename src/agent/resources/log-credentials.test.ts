import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorld } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, credentials, payload, secret, taskArn } from "../engine/task.fixture.ts";

const hostConfig = JSON.stringify({ LogConfig: { Type: "awslogs", Config: { "awslogs-group": "web" } } });
const logging = {
  logsAuthStrategy: "ExecutionRole",
  dockerConfig: { config: "{}", hostConfig, version: "1.25" },
} as const;

test("P13 a log driver asks for the execution role's session", async () => {
  const { engine, until, task, runtime, store } = openWorld();
  engine.accept(payload([container("main", logging)], { executionRoleCredentials: credentials }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  const [spec] = [...runtime.specs.values()];
  assert.deepEqual(spec?.log, {
    driver: "awslogs",
    options: { "awslogs-group": "web", "awslogs-credentials-endpoint": "/v2/credentials/credentials-1" },
  });
  assert.ok(!JSON.stringify(store.tasks()).includes(credentials.secretAccessKey));
});

test("the execution role's session is kept for a log driver until the task stops, also a new one", async () => {
  const { engine, until, task } = openWorld();
  engine.accept(payload([container("main", logging)], { executionRoleCredentials: credentials }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.deepEqual(engine.credentials(taskArn, "TaskExecution"), credentials);
  const next = { ...credentials, sessionToken: "next" };
  engine.refreshCredentials(taskArn, "TaskExecution", next);
  assert.deepEqual(engine.credentials(taskArn, "TaskExecution"), next);
  engine.stop(taskArn);
  await until("the task has stopped", () => isStopped(task()));
  assert.equal(engine.credentials(taskArn, "TaskExecution"), undefined);
});

test("P13 a log driver without a session, or with one that has no id, is a HostConfigError", async () => {
  for (const executionRoleCredentials of [undefined, { ...credentials, credentialsId: "" }]) {
    const { engine, until, task } = openWorld();
    engine.accept(payload([container("main", logging)], executionRoleCredentials && { executionRoleCredentials }));
    await until("the task has stopped", () => isStopped(task()));
    const reason = "HostConfigError: No execution credentials set for the task";
    assert.equal(task().containers[0]?.attempt.reason, reason);
  }
});

test("a secret log option wins over the execution role's session", async () => {
  const option = { ...secret, name: "awslogs-credentials-endpoint", type: "BOOTSTRAP", target: "LOG_DRIVER" } as const;
  const { engine, until, task, runtime } = openWorld({ value: () => "/secret" });
  const main = container("main", { ...logging, secrets: [option] });
  engine.accept(payload([main], { executionRoleCredentials: credentials }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.equal([...runtime.specs.values()][0]?.log?.options["awslogs-credentials-endpoint"], "/secret");
});

test("a driver of a task without an execution role is told nothing where nothing is served", async () => {
  const { engine, until, task, runtime } = openWorld();
  engine.accept(payload([container("main", { dockerConfig: logging.dockerConfig })]));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.deepEqual([...runtime.specs.values()][0]?.log?.options, { "awslogs-group": "web" });
});
