import assert from "node:assert/strict";
import { test } from "node:test";
import { taskArn } from "../../engine/task.fixture.ts";
import { type Answer, type Call, fakeControlPlane } from "../../link/control-plane.fixture.ts";
import { endpointsOf } from "../../link/endpoints.ts";
import { metadataWorld, taskRole } from "../metadata.fixture.ts";
import { taskProtection } from "../task-protection.ts";

const expires = 1_767_330_000;
const on = { protectedTasks: [{ taskArn, protectionEnabled: true, expirationDate: expires }], failures: [] };

async function world(body: Answer | object, sessions = { TaskApplication: taskRole }) {
  const plane = await fakeControlPlane({
    now: () => new Date(),
    answer: () => ("status" in body ? (body as Answer) : { body }),
  });
  const protection = taskProtection({ endpoints: endpointsOf([plane.endpoint]), region: "eu-west-1", cluster: "c" });
  const { ask, id } = metadataWorld({ sessions, change: { protection } });
  return {
    calls: plane.calls as readonly Call[],
    get: () => ask(`/api/${id()}/task-protection/v1/state`),
    put: (text: string) => ask(`/api/${id()}/task-protection/v1/state`, { method: "PUT", body: text }),
    unknown: () => ask("/api/nope/task-protection/v1/state"),
    [Symbol.asyncDispose]: () => plane[Symbol.asyncDispose](),
  };
}

test("a task's protection is read and set with the session of its own role", async () => {
  await using api = await world(on);
  const protection = {
    ProtectionEnabled: true,
    ExpirationDate: new Date(expires * 1000).toISOString(),
    TaskArn: taskArn,
  };
  for (const { status, body } of [
    await api.get(),
    await api.put('{"ProtectionEnabled":true,"ExpiresInMinutes":60}'),
    await api.put('{"protectionenabled":false}'),
  ]) {
    assert.deepEqual([status, body], [200, { protection }]);
  }
  const named = { cluster: "c", tasks: [taskArn] };
  assert.deepEqual(
    api.calls.map(({ target, body, accessKeyId }) => [target, body, accessKeyId]),
    [
      ["ecs.GetTaskProtection", named, taskRole.accessKeyId],
      ["ecs.UpdateTaskProtection", { ...named, protectionEnabled: true, expiresInMinutes: 60 }, taskRole.accessKeyId],
      ["ecs.UpdateTaskProtection", { ...named, protectionEnabled: false }, taskRole.accessKeyId],
    ],
  );
});

test("what the API says of a task it cannot protect is handed on", async () => {
  await using api = await world({ protectedTasks: [], failures: [{ arn: taskArn, reason: "TASK_NOT_VALID" }] });
  const { status, body } = await api.put('{"ProtectionEnabled":true}');
  assert.deepEqual([status, body], [200, { failure: { Arn: taskArn, Reason: "TASK_NOT_VALID" } }]);
});

test("an error of the API is handed on with its status and code", async () => {
  await using api = await world({
    status: 400,
    body: { __type: "AccessDeniedException", message: "not authorized to perform: ecs:GetTaskProtection" },
  });
  const { status, body } = await api.get();
  const { error } = body as { error: object };
  assert.deepEqual(
    [status, error],
    [400, { Arn: taskArn, Code: "AccessDeniedException", Message: "not authorized to perform: ecs:GetTaskProtection" }],
  );
});

test("a body that cannot be read is refused, and one that says nothing", async () => {
  await using api = await world(on);
  const unreadable = {
    error: { Code: "InvalidParameterException", Message: "UpdateTaskProtection: failed to decode request" },
  };
  for (const body of ["", "{", "[]", '{"Other":1}', '{"ProtectionEnabled":"yes"}', '{"ExpiresInMinutes":1.5}']) {
    const answer = await api.put(body);
    assert.deepEqual([answer.status, answer.body], [400, unreadable], body);
  }
  const { status, body } = await api.put('{"ExpiresInMinutes":60}');
  const Message = "Invalid request: does not contain 'ProtectionEnabled' field";
  assert.deepEqual([status, body], [400, { error: { Arn: taskArn, Code: "InvalidParameterException", Message } }]);
  assert.equal(api.calls.length, 0);
});

test("a task without a role has no protection, nor has an id that nobody has", async () => {
  await using api = await world(on, {} as { TaskApplication: typeof taskRole });
  const { status, body } = await api.get();
  const Message = "Invalid Request: no task IAM role credentials available for task";
  assert.deepEqual([status, body], [403, { error: { Arn: taskArn, Code: "AccessDeniedException", Message } }]);
  const none = await api.unknown();
  assert.deepEqual(
    [none.status, none.body],
    [404, { error: { Code: "ResourceNotFoundException", Message: "Failed to find a task for the request" } }],
  );
});
