import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../clock.ts";
import { credentialsMemory } from "./credentials.ts";
import { credentials } from "./task.fixture.ts";

const arn = "task";
const later = { ...credentials, expiration: "2026-01-02T15:04:05Z" };
const never = new AbortController().signal;

test("credentials are kept by task and role type until they expire or are forgotten", () => {
  const clock = fakeClock();
  const memory = credentialsMemory(clock);
  memory.take({ arn, executionRoleCredentials: credentials, roleCredentials: later });
  assert.deepEqual(memory.find(arn, "TaskExecution"), credentials);
  assert.deepEqual(memory.find(arn, "TaskApplication"), later);
  assert.equal(memory.find("other", "TaskApplication"), undefined);
  clock.advance(6 * 60 * 60 * 1000);
  assert.equal(memory.find(arn, "TaskExecution"), undefined);
  memory.refresh(arn, "TaskExecution", later);
  assert.deepEqual(memory.find(arn, "TaskExecution"), later);
  memory.forget(arn, "TaskExecution");
  assert.deepEqual([memory.find(arn, "TaskExecution"), memory.find(arn, "TaskApplication")], [undefined, later]);
  memory.forget(arn);
  assert.equal(memory.find(arn, "TaskApplication"), undefined);
});

test("credentials are waited for until the control plane has sent the task", async () => {
  const memory = credentialsMemory(fakeClock());
  const waiting = memory.wait(arn, "TaskExecution", never);
  memory.take({ arn: "other", executionRoleCredentials: later });
  memory.take({ arn, executionRoleCredentials: credentials });
  assert.deepEqual(await waiting, credentials);
  assert.deepEqual(await memory.wait(arn, "TaskExecution", never), credentials);
  assert.equal(await memory.wait(arn, "TaskApplication", never), undefined);
});

test("credentials are waited for no longer than somebody wants them", async () => {
  const memory = credentialsMemory(fakeClock());
  const controller = new AbortController();
  const waiting = memory.wait(arn, "TaskExecution", controller.signal);
  controller.abort();
  await assert.rejects(waiting, /nobody waits/);
  await assert.rejects(memory.wait(arn, "TaskExecution", controller.signal), /nobody waits/);
});
