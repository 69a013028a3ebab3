import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import type { ECS } from "@aws-sdk/client-ecs";
import { WebSocket } from "ws";
import { openDataChannel } from "../../src/session-manager/handshake.ts";
import { findAwsClis } from "../support/aws-cli.ts";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { containerOf } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { execute } from "../support/exec-client.ts";
import { importHttpdImage } from "../support/images.ts";
import { takePostgresCopy } from "../support/postgres-copies.ts";
import { sealiftProgram } from "../support/program.ts";
import { skipUnless } from "../support/require.ts";
import { type Sealift, startAgent, startSealift } from "../support/sealift.ts";
import { agentsConnected, registerSleeper, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const timeout = 480_000;
const skip = await skipUnless("docker");
const skipPlugin = await skipUnless("docker", "aws", "plugin");
const docker = skip ? undefined : await connectDocker();

/** A running task in which commands can be run. */
async function runSleeper(ecs: ECS, cluster = "default", definition: object = {}): Promise<string> {
  await importHttpdImage(docker!);
  await registerSleeper(ecs, definition);
  const task = await runTask(ecs, { cluster, taskDefinition: "sleeper", enableExecuteCommand: true });
  await waitForTask(ecs, task, "RUNNING", cluster);
  return task;
}

/** Resolves when no program of the task's container has `text` in its command line. */
async function gone(task: string, text: string): Promise<void> {
  const container = docker!.getContainer(await containerOf(docker!, task));
  let last = "";
  await until(
    `"${text}" has ended`,
    async () => {
      last = JSON.stringify((await container.top()).Processes);
      return !last.includes(text);
    },
    { detail: () => last },
  );
}

test("a session is a terminal in the container, as root, with its size, its end and its exit code", {
  skip,
  timeout,
}, async () => {
  await using sealift = await startSealift({ runtime: "docker", flags: ["--json-logs"] });
  const { ecs, cloudTrail } = clientsOf(sealift);
  const task = await runSleeper(ecs);
  const { containers, enableExecuteCommand } = (await ecs.describeTasks({ tasks: [task] })).tasks![0]!;
  const [agent] = containers![0]!.managedAgents ?? [];
  assert.deepEqual([enableExecuteCommand, agent?.name, agent?.lastStatus], [true, "ExecuteCommandAgent", "RUNNING"]);
  assert.ok(agent?.lastStartedAt instanceof Date);

  const shell = await execute(ecs, task, "/bin/sh");
  shell.resize({ cols: 101, rows: 31 });
  await shell.ready;
  await shell.answer('echo "it is $(id -u) $TERM"; stty size', /it is 0 xterm-256color\s+31 101/);
  shell.resize({ cols: 90, rows: 20 });
  await shell.answer("sleep 0.5; stty size", "20 90");
  await shell.answer("seq 1 20000", /^20000\r$/m);
  await shell.type(Buffer.from("exit 7\r"));
  assert.deepEqual(await shell.ended, { exitCode: 7, reason: "" });

  // The token was good for one client.
  const [, refused] = await once(new WebSocket(shell.url), "unexpected-response");
  assert.equal(refused.statusCode, 404);

  const quoted = await execute(ecs, task, `sh -c 'echo "a  b"; exit 3'`);
  assert.equal((await quoted.ended).exitCode, 3);
  assert.equal(quoted.seen(), "a  b\r\n");
  const missing = await execute(ecs, task, "no-such-program");
  assert.notEqual((await missing.ended).exitCode, 0);
  assert.match(missing.seen(), /no-such-program/);

  // What ends the session ends its programs.
  const terminated = await execute(ecs, task, "/bin/sh");
  await terminated.ready;
  await terminated.answer("echo $((6*7)); sleep 4321; sleep 5432", "42");
  terminated.terminate();
  assert.equal((await terminated.ended).reason, "");
  await gone(task, "4321");

  const { Events } = await cloudTrail.lookupEvents({
    LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "ExecuteCommand" }],
  });
  const events = Events!.map(({ CloudTrailEvent }) => CloudTrailEvent!);
  const event = JSON.parse(events.at(-1)!);
  assert.deepEqual(event.requestParameters, { command: "/bin/sh", interactive: true, task });
  assert.equal(event.responseElements.session.sessionId, shell.sessionId);
  for (const text of [...events, sealift.stdout(), sealift.stderr()]) assert.ok(!text.includes(shell.token));

  const stopped = await execute(ecs, task, "/bin/sh");
  await stopped.ready;
  await ecs.stopTask({ task });
  await stopped.ended;
});

test("sealift exec hands over input and output, and ends with the program's exit code", { skip, timeout }, async () => {
  await using sealift = await startSealift({ runtime: "docker" });
  const task = await runSleeper(clientsOf(sealift).ecs);
  const found = await runExec(sealift, [task, "--", "sh", "-c", `cat; echo err >&2; exit 5`], "some\u0004 text\n");
  assert.deepEqual(found, { code: 5, output: "some\u0004 text\n", errors: "err\n" });
  const refused = await runExec(sealift, ["none", "--", "true"]);
  assert.deepEqual([refused.code, refused.output], [1, ""]);
  assert.match(refused.errors, /The referenced task was not found\./);
});

/** `sealift exec` with piped input. */
async function runExec({ data }: Sealift, words: readonly string[], input = "") {
  const child = spawn(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    sealiftProgram,
    "exec",
    "--data",
    data,
    ...words,
  ]);
  let [output, errors] = ["", ""];
  child.stdout.on("data", (piece) => (output += piece));
  child.stderr.on("data", (piece) => (errors += piece));
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, output, errors };
}

test("sessions are encrypted with the cluster's KMS key and kept in its log group, as the task's role", {
  skip,
  timeout,
}, async () => {
  await using sealift = await startSealift({ runtime: "docker" });
  const clients = clientsOf(sealift);
  const { ecs, iam, kms, logs } = clients;
  const { KeyMetadata } = await kms.createKey({});
  const KeyId = KeyMetadata!.Arn!;
  await logs.createLogGroup({ logGroupName: "exec" });
  const rights = allow(["kms:Decrypt", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups"]);
  const taskRoleArn = await createRole(clients, "app", [rights]);
  const task = await runSleeper(ecs, "default", { taskRoleArn });
  const configure = (cloudWatchEncryptionEnabled: boolean) => {
    const logConfiguration = { cloudWatchLogGroupName: "exec", cloudWatchEncryptionEnabled };
    const executeCommandConfiguration = { kmsKeyId: KeyId, logging: "OVERRIDE" as const, logConfiguration };
    return ecs.updateCluster({ cluster: "default", configuration: { executeCommandConfiguration } });
  };
  await configure(true);
  const unkept = await runExec(sealift, [task, "--", "true"]);
  assert.match(unkept.errors, /encryption is not set up on the selected CloudWatch Logs log group/);
  assert.equal(unkept.code, 1);

  await configure(false);
  const found = await runExec(sealift, [task, "--", "cat"], "grüße\n");
  assert.deepEqual(found, { code: 0, output: "This session is encrypted using AWS KMS.\r\ngrüße\n", errors: "" });
  const { events } = await logs.filterLogEvents({ logGroupName: "exec" });
  assert.deepEqual(
    events!.map(({ message }) => message),
    ["grüße\n"],
  );
  assert.match(events![0]!.logStreamName!, /^ecs-execute-command-[0-9a-f]{17}$/);
  if (!skipPlugin) {
    const [{ path } = { path: "" }] = await findAwsClis();
    const { code, output } = await runPlugin(path, sealift, task);
    assert.equal(code, 0, output);
    assert.match(output, /This session is encrypted using AWS KMS\.[\s\S]*seen 0 300/);
  }

  await iam.deleteRolePolicy({ RoleName: "app", PolicyName: "inline" });
  const denied = await runExec(sealift, [task, "--", "cat"], "input");
  assert.match(denied.errors, /is not authorized to perform: kms:Decr/);
  assert.deepEqual([denied.code, denied.output], [1, ""]);
});

test("a session goes on over new connections, and one that is ended or whose agent is killed leaves no program", {
  skip,
  timeout,
}, async () => {
  await using data = await throwAwayData();
  await using sealift = await startSealift({ runtime: "docker", flags: ["--no-agent"] });
  const { ecs, ssm } = clientsOf(sealift);
  await using agent = await startAgent(sealift, { cluster: "default", data: data.path, runtime: "docker" });
  const task = await runSleeper(ecs);

  const { session } = await ecs.executeCommand({ task, command: "sleep 1111", interactive: true });
  const client = new WebSocket(session!.streamUrl!);
  await once(client, "open");
  client.send(openDataChannel(session!.tokenValue!, "request", "client"));
  await once(client, "message");
  client.terminate();
  await ssm.terminateSession({ SessionId: session!.sessionId! });

  await using proxy = await openProxy(sealift.endpoint);
  const resumed = await execute(ecs, task, "/bin/sh", { at: proxy.endpoint, ssm });
  await resumed.ready;
  await resumed.answer("echo $((6*7))", "42");
  proxy.cut();
  await resumed.answer("echo $((6*9))", "54");
  await resumed.type(Buffer.from("exit 3\r"));
  assert.equal((await resumed.ended).exitCode, 3);

  const killed = await execute(ecs, task, "/bin/sh");
  await killed.ready;
  await killed.answer("echo $((6*7)); sleep 2222", "42");
  await agent.end("SIGKILL");
  assert.match((await killed.ended).reason, /connection was lost/);
  await using again = await startAgent(sealift, { cluster: "default", data: data.path, runtime: "docker" });
  for (const text of ["1111", "2222"]) await gone(task, text);
  await waitForTask(ecs, task, "RUNNING");

  await until("commands can be run again", () =>
    execute(ecs, task, "true").then(
      (one) => one.ended,
      () => undefined,
    ),
  );
  const left = await execute(ecs, task, "/bin/sh");
  await left.ready;
  await left.answer("echo $((6*7)); sleep 3333", "42");
  assert.equal(again.isRunning(), true);
  await ssm.terminateSession({ SessionId: left.sessionId });
  assert.equal((await left.ended).reason, "The session was terminated.");
  await gone(task, "3333");
});

const skipReplicas = await skipUnless("docker", "postgres");
test("a client at one replica reaches an agent that polls another", { skip: skipReplicas, timeout }, async () => {
  await using postgres = await takePostgresCopy();
  await using one = await throwAwayData();
  await using two = await throwAwayData();
  await using data = await throwAwayData();
  const flags = ["--no-agent", "--database", postgres.url];
  await using first = await startSealift({ runtime: "docker", data: one.path, flags });
  for (const key of ["root.key", "root-access-key.json"]) await copyFile(join(one.path, key), join(two.path, key));
  await using second = await startSealift({ runtime: "docker", data: two.path, flags });
  const endpoints = [first.endpoint, second.endpoint];
  await using agent = await startAgent(first, { cluster: "default", data: data.path, runtime: "docker", endpoints });
  assert.ok(agent.isRunning());
  const { ecs } = clientsOf(first);
  await agentsConnected(ecs, [agent.containerInstanceArn]);
  const task = await runSleeper(ecs);
  for (const at of endpoints) {
    const session = await execute(ecs, task, "sh -c 'echo here; exit 4'", { at });
    assert.equal((await session.ended).exitCode, 4, at);
    assert.equal(session.seen(), "here\r\n");
  }
  await ecs.stopTask({ task });
  await waitForTask(ecs, task, "STOPPED");
});

test("aws ecs execute-command with AWS's session-manager-plugin", { skip: skipPlugin, timeout }, async () => {
  await using sealift = await startSealift({ runtime: "docker" });
  const task = await runSleeper(clientsOf(sealift).ecs);
  for (const { path } of await findAwsClis()) {
    const { code, output } = await runPlugin(path, sealift, task);
    assert.equal(code, 0, output);
    assert.match(output, /Starting session with SessionId: ecs-execute-command-/);
    assert.match(output, /seen 0 300/);
    assert.match(output, /Exiting session with sessionId: ecs-execute-command-/);
  }
  const [{ path } = { path: "" }] = await findAwsClis();
  await using proxy = await openProxy(sealift.endpoint);
  const { output } = await runPlugin(path, { ...sealift, endpoint: proxy.endpoint }, task, async () => {
    const before = proxy.opened();
    proxy.cut();
    // What is typed before ends AWS's plugin.
    await until("the plugin is back", () => proxy.opened() > before);
  });
  assert.match(output, /seen 0 300/, "it resumes its session");
  assert.match(output, /Exiting session with sessionId: ecs-execute-command-/);
});

/** Hands TCP connections on until they are cut. */
async function openProxy(to: string) {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let opened = 0;
  const server = createServer((socket) => {
    const onward = connect(Number(port), hostname);
    for (const one of [socket, onward]) open.add(one.on("error", () => {}).on("close", () => open.delete(one)));
    socket.pipe(onward).pipe(socket);
    onward.once("data", (first) => {
      if (String(first).startsWith("HTTP/1.1 101")) socket.once("data", () => opened++);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  function cut(): void {
    for (const socket of open) socket.resetAndDestroy();
  }
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    /** WebSockets over which their client has sent something. */
    opened: () => opened,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function runPlugin(
  path: string,
  { endpoint, region, credentials }: Pick<Sealift, "endpoint" | "region" | "credentials">,
  task: string,
  whenThere: () => Promise<void> = async () => {},
) {
  const words = ["ecs", "execute-command", "--task", task, "--interactive", "--command", "/bin/sh"];
  const child = spawn(path, [...words, "--endpoint-url", endpoint], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_DEFAULT_REGION: region,
      // For the plugin's own calls.
      AWS_ENDPOINT_URL: endpoint,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  await until("the shell is there", () => /[#$] /.test(output), { detail: () => output });
  await whenThere();
  // Without a terminal of its own, the plugin says that it has 300 columns.
  child.stdin.write("echo seen $(id -u) $(stty size | cut -d' ' -f2); exit\n");
  const [code] = await once(child, "close");
  return { code, output };
}
