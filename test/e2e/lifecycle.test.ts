import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { clientsOf } from "../support/clients.ts";
import { containerOf, containersOf } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, startSealift } from "../support/sealift.ts";
import { openSocket } from "../support/socket.ts";
import { networkConfiguration, registerSleeper, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const timeout = 480_000;
const skip = await skipUnless("docker");

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
  ["plain http on all addresses", ["--host", "0.0.0.0"], /^sealift: Cannot listen on "0\.0\.0\.0" over plain http: /],
  ["a certificate without its key", ["--tls-cert", "cert.pem"], /^sealift: Cannot use --tls-cert and --tls-key one /],
  [
    "an address of another machine",
    ["--host", "192.0.2.1", "--insecure-http", "--no-agent"],
    /^sealift: Cannot listen on 192\.0\.2\.1: /,
  ],
  [
    "a host without an address",
    ["--host", "nowhere.invalid", "--insecure-http", "--no-agent"],
    /^sealift: Cannot listen on "nowhere\./,
  ],
  ["a flag that it does not know", ["--bogus"], /^sealift: unknown option '--bogus'$/m],
  ["a flag without its value", ["--account"], /^sealift: option '--account <id>' argument missing$/m],
  ["a word too many", ["extra"], /^sealift: too many arguments for 'up'/],
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

test("sealift says what it misses when a command is not known or not complete", { timeout }, async () => {
  for (const [words, message] of [
    [["upp"], "unknown command 'upp' (Did you mean up?)"],
    [["agent", "--cluster", "default"], "required option '--endpoint <url>' not specified"],
    [
      ["agent", "--cluster", "default", "--endpoint", "nowhere"],
      'Cannot use endpoint "nowhere": it must be a URL such as http://192.0.2.1:4566',
    ],
  ] as const) {
    const { code, stdout, stderr } = await runSealift(...words);
    assert.deepEqual([code, stdout, stderr], [2, "", `sealift: ${message}\n`]);
  }
});

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
    await registerSleeper(before.ecs);
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
  await registerSleeper(clientsOf(first).ecs);
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
