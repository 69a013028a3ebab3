import assert from "node:assert/strict";
import { test } from "node:test";
import { advance } from "../../engine/advance.ts";
import { awsvpc } from "../../engine/task.fixture.ts";
import {
  bridgeAddress,
  endpointAddress,
  executionRole,
  instanceId,
  metadataWorld,
  runningTask,
  taskRole,
} from "../metadata.fixture.ts";

const path = `/v2/credentials/${taskRole.credentialsId}`;
const notFound = {
  code: "InvalidIdInRequest",
  message: "CredentialsV2Request: Credentials not found",
  HTTPErrorCode: 400,
};

test("a task gets the session of its role, in AWS's order", async () => {
  const { status, text } = await metadataWorld().ask(path);
  assert.equal(status, 200);
  assert.equal(
    text,
    '{"RoleArn":"arn:aws:iam::123456789012:role/app","AccessKeyId":"ASIAAPP","SecretAccessKey":"canary-app-key",' +
      '"Token":"canary-app-token","Expiration":"2026-01-02T09:04:05.000Z"}',
  );
});

test("version 1 of the path takes the id from the query", async () => {
  const { ask } = metadataWorld();
  assert.equal((await ask(`/v1/credentials?id=${taskRole.credentialsId}`)).status, 200);
  const { status, body } = await ask("/v1/credentials");
  assert.deepEqual(
    [status, body],
    [
      400,
      { code: "NoIdInRequest", message: "CredentialsV1Request: No Credential ID in the request", HTTPErrorCode: 400 },
    ],
  );
});

test("a request without an id, or with one that nobody has, is refused in AWS's words", async () => {
  const { ask } = metadataWorld();
  const none = await ask("/v2/credentials/");
  assert.deepEqual(
    [none.status, none.body],
    [
      400,
      { code: "NoIdInRequest", message: "CredentialsV2Request: No Credential ID in the request", HTTPErrorCode: 400 },
    ],
  );
  for (const id of ["nope", `${taskRole.credentialsId}/`, taskRole.credentialsId.toUpperCase(), "a/b"]) {
    const { status, body } = await ask(`/v2/credentials/${id}`);
    assert.deepEqual([status, body], [400, notFound], id);
  }
});

test("a session that the control plane has not sent again is to be asked for later", async () => {
  const { status, body } = await metadataWorld({ sessions: {} }).ask(path);
  assert.deepEqual(
    [status, body],
    [
      503,
      {
        code: "CredentialsUninitialized",
        message: "CredentialsV2Request: Credentials uninitialized for ID",
        HTTPErrorCode: 503,
      },
    ],
  );
});

test("a stopped task's id is not known any more", async () => {
  const task = advance(
    advance(runningTask(), { kind: "stop-wanted" }, 0),
    { kind: "stopped", container: "web", at: 0, exitCode: 0 },
    0,
  );
  const { status, body } = await metadataWorld({ tasks: [task], sessions: {} }).ask(path);
  assert.deepEqual([status, body], [400, notFound]);
});

test("nobody but the task gets its session, as far as addresses tell, and the try is logged", async () => {
  for (const [change, own, others] of [
    [{}, bridgeAddress, [endpointAddress, "127.0.0.1", "172.17.0.6", "10.1.0.5"]],
    [awsvpc("10.1.0.5"), "10.1.0.5", [endpointAddress, "10.1.0.6", bridgeAddress]],
    [{ networkMode: "host" }, endpointAddress, ["10.1.0.6", bridgeAddress]],
    [{ networkMode: "none" }, bridgeAddress, ["10.1.0.6", endpointAddress]],
  ] as const) {
    const { ask, logged } = metadataWorld({ tasks: [runningTask(change)] });
    assert.equal((await ask(path, { from: own })).status, 200, own);
    for (const from of others) assert.deepEqual((await ask(path, { from })).body, notFound, from);
    assert.equal(logged.length, others.length);
    assert.ok(!JSON.stringify(logged).includes("canary"));
  }
});

test("the execution role's session is for the engine's log drivers alone", async () => {
  const { ask } = metadataWorld();
  const target = `/v2/credentials/${executionRole.credentialsId}`;
  const { status, body } = await ask(target, { from: endpointAddress });
  assert.deepEqual([status, (body as { RoleArn: string }).RoleArn], [200, executionRole.roleArn]);
  assert.deepEqual((await ask(target, { from: bridgeAddress })).body, notFound);
});

test("only the machine gets the container instance's session", async () => {
  const { ask } = metadataWorld();
  const path = `/v2/credentials/${instanceId}`;
  const { status, text } = await ask(path, { from: endpointAddress });
  assert.equal(status, 200);
  const session = '"AccessKeyId":"ASIAINSTANCE","SecretAccessKey":"canary-instance-key","Token":"t"';
  assert.equal(text, `{"RoleArn":"",${session}}`);
  const other = await ask(path, { from: bridgeAddress });
  assert.deepEqual([other.status, other.body], [400, notFound]);
});
