import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { messagesIn } from "../support/log-messages.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, startAgent, startSealift } from "../support/sealift.ts";
import { agentsConnected, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const logGroupName = "/shipped/counter";
const logGroup = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`;
const secret = "correct-horse-battery-staple";

/** Writes line 1, line 2 and so on until it is stopped. */
const counts =
  'trap \'echo "line end"; exit 0\' TERM; echo "line $PASSWORD"; n=0; while true; do n=$((n+1)); echo line $n; sleep 0.02; done';

test("a process's output for awslogs is delivered by the agent, all of it and once, also if the agent is killed", {
  timeout: 480_000,
}, async () => {
  await using agentData = await throwAwayData();
  await using machine = await open("process", agentData.path, []);
  const { kill, written, more } = machine;
  await more();
  await kill();
  // The processes were killed with the agent.
  await waitForTask(machine.ecs, machine.task, "STOPPED");
  const kept = (await linesIn(agentData.path)).length - 1;
  const isWhole = async () => (await written()).length === kept;
  await until("all lines are delivered", isWhole, { seconds: 180, pause: 500, detail: machine.stderr });
  const numbers = (await written()).filter((text) => /^\d+$/.test(text));
  assert.ok(numbers.length >= kept - 2);
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => String(index + 1)),
  );
});

test("where the Engine reaches no task endpoint, the agent delivers its containers' output for awslogs", {
  skip: await skipUnless("docker"),
  timeout: 480_000,
}, async (t) => {
  await importHttpdImage(await connectDocker());
  await using agentData = await throwAwayData();
  await using machine = await open("docker", agentData.path, ["--task-endpoint", "loopback"]);
  const { kill, written, more, ecs, task, plane } = machine;
  for (let round = 0; round < 3; round++) {
    await more();
    await kill();
  }
  await more();
  await ecs.stopTask({ task });
  await waitForTask(ecs, task, "STOPPED");
  await until("the last line is delivered", async () => (await written()).at(-1) === "end", {
    seconds: 60,
    pause: 500,
  });
  const numbers = (await written()).slice(0, -1);
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => String(index + 1)),
  );
  t.diagnostic(`${numbers.length} lines over three kills of the agent`);

  const shown = await runSealift("logs", task, "--data", plane.data);
  assert.match(shown.stdout, /line \*\*\*/);
  assert.ok(!shown.stdout.includes(secret));
});

test("a role that may not make the stream stops a process's task in AWS's words, and so do wrong options", {
  timeout: 480_000,
}, async () => {
  await using sealift = await startSealift({ runtime: "process" });
  const clients = clientsOf(sealift);
  const { ecs, ssm } = clients;
  await ssm.putParameter({ Name: "password", Value: secret, Type: "SecureString" });
  for (const [options, actions, reason] of [
    [
      {},
      ["logs:PutLogEvents"],
      /failed to create Cloudwatch log stream: AccessDeniedException: User: .*logs:CreateLogStream/,
    ],
    [
      { "awslogs-multiline-pattern": "(" },
      ["logs:CreateLogStream"],
      /failed to initialize logging driver: awslogs could not parse the regular expression of 'awslogs-multiline-pattern'/,
    ],
  ] as const) {
    const executionRoleArn = await createRole(clients, `writer-${actions[0].slice(5)}`, [
      allow([...actions], [`${logGroup}:log-stream:*`]),
      allow(["ssm:GetParameters"], ["*"]),
    ]);
    await register(ecs, executionRoleArn, options);
    const task = await runTask(ecs, { taskDefinition: "counter", networkConfiguration: undefined });
    const stopped = await waitForTask(ecs, task, "STOPPED");
    assert.match(stopped.containers?.[0]?.reason ?? "", reason);
  }
});

async function register(
  ecs: ReturnType<typeof clientsOf>["ecs"],
  executionRoleArn: string,
  more: Record<string, string> = {},
) {
  const options = { "awslogs-group": logGroupName, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "count" };
  await ecs.registerTaskDefinition({
    ...{ family: "counter", networkMode: "bridge", executionRoleArn },
    containerDefinitions: [
      {
        ...{ name: "main", image: "httpd", memory: 64, command: ["sh", "-c", counts], stopTimeout: 5 },
        secrets: [{ name: "PASSWORD", valueFrom: "arn:aws:ssm:us-east-1:000000000000:parameter/password" }],
        logConfiguration: { logDriver: "awslogs", options: { ...options, ...more } },
      },
    ],
  });
}

/** A control plane, and a machine of its own with a task that counts. */
async function open(runtime: "docker" | "process", data: string, flags: readonly string[]) {
  await using resources = new AsyncDisposableStack();
  const plane = resources.use(await startSealift({ runtime, flags: ["--no-agent"] }));
  const clients = clientsOf(plane);
  const { ecs, logs, ssm } = clients;
  await ssm.putParameter({ Name: "password", Value: secret, Type: "SecureString" });
  const executionRoleArn = await createRole(clients, "writer", [
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], [`${logGroup}:log-stream:*`]),
    allow(["ssm:GetParameters"], ["*"]),
  ]);
  await register(ecs, executionRoleArn);
  const start = () => startAgent(plane, { ...{ cluster: "default", data, runtime, flags } });
  let agent = await start();
  resources.defer(() => agent[Symbol.asyncDispose]());
  await agentsConnected(ecs, [agent.containerInstanceArn]);
  const task = await runTask(ecs, { taskDefinition: "counter", networkConfiguration: undefined });
  await waitForTask(ecs, task, "RUNNING");
  const logStreamName = `count/main/${task.split("/").at(-1)}`;
  const written = async () => {
    const all = await messagesIn(logs, { logGroupName, logStreamName });
    if (all.length > 0) assert.equal(all[0], `line ${secret}`);
    return all.slice(1).map((message) => message.replace(/^line /, ""));
  };
  const owned = resources.move();
  return {
    ...{ plane, ecs, task, written },
    async more() {
      const before = (await written()).length;
      await until("more lines come", async () => (await written()).length > before, { seconds: 60, pause: 300 });
    },
    stderr: () => agent.stderr(),
    async kill() {
      await agent.end("SIGKILL");
      agent = await start();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** What the process runtime keeps of all containers' output. */
async function linesIn(data: string): Promise<string[]> {
  const files = (await readdir(data, { recursive: true })).filter((name) => name.endsWith("log.json"));
  const texts = await Promise.all(files.map((name) => readFile(join(data, name), "utf8")));
  return texts
    .join("")
    .split("\n")
    .filter((text) => text !== "");
}
