import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { SSM } from "@aws-sdk/client-ssm";
import { connectDocker } from "../../src/runtime/docker/engine.ts";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { containerOf, containersOf } from "../support/containers.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, type Sealift, startAgent, startSealift } from "../support/sealift.ts";
import { networkConfiguration, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const timeout = 120_000;
const testKey = { accessKeyId: "test", secretAccessKey: "test" };
const runForever = ["sh", "-c", "trap 'exit 0' TERM; sleep 600 & wait"];
const skip = await skipUnless("docker");

/** A task definition `sleeper` without secrets. */
async function registerSleeper({ ecs }: ReturnType<typeof clientsOf>): Promise<void> {
  await ecs.registerTaskDefinition({
    family: "sleeper",
    networkMode: "awsvpc",
    containerDefinitions: [{ name: "main", image: "httpd", memory: 64, command: runForever }],
  });
}

test("sealift up refuses a data directory that another one uses", { timeout }, async () => {
  await using sealift = await startSealift({ runtime: "process" });
  const { code, stdout, stderr } = await runSealift("up", "--port", "0", "--data", sealift.data);
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.equal(stderr, `sealift: Cannot use the data directory ${sealift.data}: another Sealift is running on it\n`);
  assert.equal((await fetch(`${sealift.endpoint}/health`)).status, 200);
});

const wrongFlags: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["--dev on all addresses", ["--dev", "--host", "0.0.0.0"], /^sealift: Cannot listen on "0\.0\.0\.0" with --dev: /],
  [
    "--dev on an outside address",
    ["--dev", "--host", "192.0.2.1"],
    /^sealift: Cannot listen on "192\.0\.2\.1" with --dev: /,
  ],
  ["a port that is none", ["--port", "70000"], /^sealift: Cannot use port "70000": /],
  ["an account that is none", ["--account", "1"], /^sealift: Cannot use account "1": /],
  ["a runtime that is none", ["--runtime", "podman"], /^sealift: Cannot use runtime "podman": /],
];
for (const [what, flags, message] of wrongFlags) {
  test(`sealift up refuses ${what}`, { timeout }, async () => {
    await using data = await throwAwayData();
    const { code, stdout, stderr } = await runSealift("up", "--data", data.path, "--port", "0", ...flags);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split("\n").length, 1, "one line, no stack trace");
    assert.equal(stdout, "");
  });
}

test("sealift up refuses a port that something else listens on", { timeout }, async () => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  await using data = await throwAwayData();
  const { port } = new URL(sealift.endpoint);
  const { code, stderr } = await runSealift("up", "--data", data.path, "--port", port, "--runtime", "process");
  assert.equal(code, 2);
  assert.match(stderr, /^sealift: Cannot listen on 127\.0\.0\.1:\d+: something else does/);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`sealift up ends with 0 at ${signal}, even with connections open`, { timeout }, async () => {
    await using sealift = await startSealift({ runtime: "process" });
    const { hostname, port } = new URL(sealift.endpoint);
    await using _idle = await openSocket(Number(port), hostname);
    await clientsOf(sealift).sts.getCallerIdentity({});
    const began = performance.now();
    assert.equal(await sealift.end(signal), 0, sealift.stderr());
    assert.ok(performance.now() - began < 10_000, "it ends quickly");
  });
}

test("sealift up keeps its keys from other users and writes at first start only", { timeout }, async () => {
  await using data = await throwAwayData();
  const first = await startSealift({ runtime: "process", data: data.path });
  await clientsOf(first).ssm.putParameter({ Name: "kept", Value: "value", Type: "SecureString" });
  assert.match(first.stdout(), /^Made the root access key AKIA[A-Z2-7]{16};/m);
  assert.ok(!first.stdout().includes(first.credentials.secretAccessKey));
  assert.equal(await first.end("SIGTERM"), 0);
  for (const file of ["root.key", "root-access-key.json"]) {
    assert.equal((await stat(join(data.path, file))).mode & 0o777, 0o600, file);
  }
  await using second = await startSealift({ runtime: "process", data: data.path });
  assert.equal(second.credentials.secretAccessKey, first.credentials.secretAccessKey);
  assert.doesNotMatch(second.stdout(), /Made the root access key/);
  const { Parameter } = await clientsOf(second).ssm.getParameter({ Name: "kept", WithDecryption: true });
  assert.equal(Parameter?.Value, "value");
});

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`sealift up continues with the tasks that still run after ${signal}`, { skip, timeout }, async () => {
    await using data = await throwAwayData();
    const docker = await connectDocker();
    await importHttpdImage(docker);
    const first = await startSealift({ runtime: "docker", data: data.path });
    const before = clientsOf(first);
    await registerSleeper(before);
    await before.ecs.createService({
      serviceName: "sleepers",
      taskDefinition: "sleeper",
      desiredCount: 1,
      networkConfiguration,
    });
    const task = await runTask(before.ecs, { taskDefinition: "sleeper" });
    await waitForTask(before.ecs, task, "RUNNING");
    const serviceTask = await until("the service runs its task", async () => {
      const { taskArns } = await before.ecs.listTasks({ serviceName: "sleepers" });
      return taskArns?.[0];
    });
    await waitForTask(before.ecs, serviceTask, "RUNNING");
    const container = await containerOf(docker, task);
    const serviceContainer = await containerOf(docker, serviceTask);
    const { containerInstanceArns: instances } = await before.ecs.listContainerInstances({});
    assert.equal(await first.end(signal), signal === "SIGTERM" ? 0 : signal);
    assert.equal(await containerOf(docker, task), container, "it runs while Sealift does not");

    await using second = await startSealift({ runtime: "docker", data: data.path });
    const { ecs } = clientsOf(second);
    assert.deepEqual((await ecs.listContainerInstances({})).containerInstanceArns, instances);
    await waitForTask(ecs, task, "RUNNING");
    await waitForTask(ecs, serviceTask, "RUNNING");
    assert.equal(await containerOf(docker, task), container, "the same container");
    assert.equal(await containerOf(docker, serviceTask), serviceContainer, "the same container of the service");
    const another = await runTask(ecs, { taskDefinition: "sleeper" });
    await waitForTask(ecs, another, "RUNNING");
    await ecs.stopTask({ task, reason: "enough" });
    const stopped = await waitForTask(ecs, task, "STOPPED");
    assert.equal(stopped.stopCode, "UserInitiated");
    assert.equal(stopped.stoppedReason, "enough");
    assert.deepEqual(await containersOf(docker, task), []);
    assert.deepEqual((await ecs.listTasks({ serviceName: "sleepers" })).taskArns, [serviceTask]);
  });
}

test("sealift up learns at its start of a container that ended meanwhile", { skip, timeout }, async () => {
  await using data = await throwAwayData();
  const docker = await connectDocker();
  await importHttpdImage(docker);
  const first = await startSealift({ runtime: "docker", data: data.path });
  await registerSleeper(clientsOf(first));
  const task = await runTask(clientsOf(first).ecs, { taskDefinition: "sleeper" });
  await waitForTask(clientsOf(first).ecs, task, "RUNNING");
  await first.end("SIGKILL");
  await docker.getContainer(await containerOf(docker, task)).kill();
  await using second = await startSealift({ runtime: "docker", data: data.path });
  const stopped = await waitForTask(clientsOf(second).ecs, task, "STOPPED");
  assert.equal(stopped.stopCode, "EssentialContainerExited");
  assert.equal(stopped.containers?.[0]?.exitCode, 137);
  assert.deepEqual(await containersOf(docker, task), [], "nothing holds its network either");
});

test("sealift up --dev takes test/test as root, and a reset empties everything", { skip, timeout }, async () => {
  await using sealift = await startSealift({ runtime: "docker", flags: ["--dev"] });
  assert.match(sealift.stderr(), /^Warning: with --dev everybody on this machine is root/m);
  const docker = await connectDocker();
  await importHttpdImage(docker);
  const clients = clientsOf({ ...sealift, credentials: testKey });
  const { ssm, secretsManager, iam, ecs, sts } = clients;
  assert.match((await sts.getCallerIdentity({})).Arn ?? "", /^arn:aws:iam::\d{12}:root$/);
  await ssm.putParameter({ Name: "kept", Value: "value", Type: "SecureString" });
  await secretsManager.createSecret({ Name: "kept", SecretString: "value" });
  await createRole(clients, "kept", [allow(["ssm:GetParameters"])]);
  await registerSleeper(clients);
  await ecs.createService({
    serviceName: "sleepers",
    taskDefinition: "sleeper",
    desiredCount: 2,
    networkConfiguration,
  });
  const single = await runTask(ecs, { taskDefinition: "sleeper" });
  await waitForTask(ecs, single, "RUNNING");
  const tasks = await until("the service runs its tasks", async () => {
    const { taskArns = [] } = await ecs.listTasks({ desiredStatus: "RUNNING" });
    return taskArns.length === 3 && taskArns;
  });
  for (const task of tasks) await waitForTask(ecs, task, "RUNNING");

  const answer = await fetch(`${sealift.endpoint}/_sealift/reset`, { method: "POST" });
  assert.equal(answer.status, 200, await answer.text());
  for (const task of tasks) assert.deepEqual(await containersOf(docker, task), []);
  assert.deepEqual((await ssm.describeParameters({})).Parameters ?? [], []);
  assert.deepEqual((await secretsManager.listSecrets({})).SecretList ?? [], []);
  const { Roles } = await iam.listRoles({});
  assert.ok(!Roles?.some(({ RoleName }) => RoleName === "kept"));
  assert.deepEqual((await ecs.listTasks({})).taskArns ?? [], []);
  assert.deepEqual((await ecs.listServices({})).serviceArns ?? [], []);
  assert.deepEqual((await ecs.listTaskDefinitions({})).taskDefinitionArns ?? [], []);

  await registerSleeper(clients);
  const again = await runTask(ecs, { taskDefinition: "sleeper" });
  await waitForTask(ecs, again, "RUNNING");
});

test("sealift up without --dev has neither test/test nor a reset", { timeout }, async () => {
  await using sealift = await startSealift({ runtime: "process" });
  const strangers = clientsOf({ ...sealift, credentials: testKey });
  await assert.rejects(strangers.ssm.describeParameters({}), { name: "UnrecognizedClientException" });
  await assert.rejects(strangers.sts.getCallerIdentity({}), { name: /InvalidClientTokenId/ });
  const answer = await fetch(`${sealift.endpoint}/_sealift/reset`, { method: "POST" });
  assert.equal(answer.status, 404);
});

test("sealift up answers unsigned, badly signed and malformed requests, and lives on", { timeout }, async (t) => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  const { endpoint, region, credentials } = sealift;
  const json = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.DescribeParameters" };
  const signature = (rest: string) => ({
    ...json,
    "x-amz-date": "20260101T000000Z",
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/ssm/aws4_request, SignedHeaders=host;x-amz-date${rest}`,
  });
  const posts: readonly (readonly [string, Record<string, string>, string | Buffer, number, RegExp])[] = [
    ["no signature", json, "{}", 400, /MissingAuthenticationToken/],
    ["a signature from long ago", signature(`, Signature=${"0".repeat(64)}`), "{}", 400, /InvalidSignatureException/],
    ["a signature that is incomplete", signature(""), "{}", 400, /IncompleteSignature/],
    [
      "an empty Authorization",
      { ...json, authorization: "" },
      "{}",
      400,
      /MissingAuthenticationToken|IncompleteSignature/,
    ],
    ["bytes for a body", { ...json }, Buffer.from([0, 255, 1, 254]), 400, /MissingAuthenticationToken/],
    ["a body of 3 MiB", json, Buffer.alloc(3 * 1024 * 1024), 413, /./],
  ];
  for (const [what, headers, body, status, answer] of posts) {
    await t.test(what, async () => {
      const response = await fetch(endpoint, { method: "POST", headers, body: new Uint8Array(Buffer.from(body)) });
      const answered = await response.text();
      assert.match(answered, answer);
      assert.doesNotMatch(answered, /\.ts:\d+|\bat .*\(/, "no stack trace");
      assert.ok(status === response.status || (status === 400 && response.status === 403), `status ${response.status}`);
    });
  }
  await t.test("a wrong secret key", async () => {
    const wrong = { ...credentials, secretAccessKey: "wrong" };
    const { ssm, sts } = clientsOf({ ...sealift, credentials: wrong });
    await assert.rejects(ssm.describeParameters({}), { name: "InvalidSignatureException" });
    await assert.rejects(sts.getCallerIdentity({}), { name: "SignatureDoesNotMatch" });
  });
  await t.test("a key id that nobody has", async () => {
    const unknown = { accessKeyId: "AKIAAAAAAAAAAAAAAAAA", secretAccessKey: "x" };
    const { ssm, iam } = clientsOf({ ...sealift, credentials: unknown });
    await assert.rejects(ssm.describeParameters({}), { name: "UnrecognizedClientException" });
    await assert.rejects(iam.listRoles({}), { name: /InvalidClientTokenId/ });
  });
  await t.test("a clock that is wrong", async () => {
    const late = new SSM({ endpoint, region, credentials, maxAttempts: 1, systemClockOffset: 3_600_000 });
    await assert.rejects(late.describeParameters({}), { name: "InvalidSignatureException" });
  });
  const raws: readonly (readonly [string, string])[] = [
    ["no HTTP", "\0\x01\x02 garbage\r\n\r\n"],
    ["a request line that is broken", "POST\r\n\r\n"],
    ["a header of 64 KiB", `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(65_536)}\r\n\r\n`],
    ["a length that is none", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"],
    ["an address that is none", "GET //%%%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    [
      "a WebSocket nobody asked for",
      "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    ],
  ];
  for (const [what, bytes] of raws) {
    await t.test(what, async () => {
      const { hostname, port } = new URL(endpoint);
      await using socket = await openSocket(Number(port), hostname);
      socket.write(bytes);
      const answered = await socket.answer;
      assert.match(answered, /^HTTP\/1\.1 4\d\d /);
      assert.doesNotMatch(answered, /\.ts:\d+/, "no stack trace");
    });
  }
  await t.test("a good request afterwards", async () => {
    assert.equal((await fetch(`${endpoint}/health`)).status, 200);
    await clientsOf(sealift).ssm.describeParameters({});
    assert.ok(sealift.isRunning());
    assert.doesNotMatch(sealift.stderr(), /\.ts:\d+/, "nothing that was sent is the server's fault");
  });
});

test("sealift agent joins as a second machine, and tasks are placed there", { skip, timeout }, async () => {
  const docker = await connectDocker();
  await importHttpdImage(docker);
  await using sealift: Sealift = await startSealift({ runtime: "docker" });
  await using data = await throwAwayData();
  const clients = clientsOf(sealift);
  const { ecs, ssm } = clients;
  await ecs.createCluster({ clusterName: "second" });
  await using agent = await startAgent(sealift, { cluster: "second", data: data.path, runtime: "docker" });
  const { containerInstanceArns } = await ecs.listContainerInstances({ cluster: "second" });
  assert.deepEqual(containerInstanceArns, [agent.containerInstanceArn]);

  await ssm.putParameter({ Name: "password", Value: "over there", Type: "SecureString" });
  const executionRoleArn = await createRole(clients, "reader", [allow(["ssm:GetParameters"])]);
  await ecs.registerTaskDefinition({
    family: "reader",
    networkMode: "awsvpc",
    executionRoleArn,
    containerDefinitions: [
      {
        name: "main",
        image: "httpd",
        memory: 64,
        command: runForever,
        secrets: [{ name: "PASSWORD", valueFrom: "password" }],
      },
    ],
  });
  const there = await runTask(ecs, { cluster: "second", taskDefinition: "reader" });
  const here = await runTask(ecs, { taskDefinition: "reader" });
  const task = await waitForTask(ecs, there, "RUNNING", "second");
  assert.equal(task.containerInstanceArn, agent.containerInstanceArn);
  await waitForTask(ecs, here, "RUNNING");
  for (const arn of [there, here]) {
    const { Config } = await docker.getContainer(await containerOf(docker, arn)).inspect();
    assert.ok(Config.Env.includes("PASSWORD=over there"));
  }
  assert.ok(!(await readFile(join(data.path, "agent.json"), "utf8")).includes("over there"));
  await ecs.stopTask({ cluster: "second", task: there });
  await waitForTask(ecs, there, "STOPPED", "second");
  assert.deepEqual(await containersOf(docker, there), []);
  await waitForTask(ecs, here, "RUNNING");
});

/** A connection; `answer` is all that comes until the other side closes it. */
async function openSocket(port: number, host: string) {
  const socket = connect(port, host);
  await once(socket, "connect");
  socket.setTimeout(20_000, () => socket.destroy(new Error("Nothing came for 20 s")));
  const answer = text(socket);
  answer.catch(() => {}); // only some wait for it
  return {
    answer,
    write: (bytes: string) => void socket.write(bytes, "latin1"),
    async [Symbol.asyncDispose]() {
      socket.destroy();
    },
  };
}
