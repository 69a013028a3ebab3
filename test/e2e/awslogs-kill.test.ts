import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { test } from "node:test";
import { clientsOf } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { countedIn } from "../support/log-messages.ts";
import { skipUnless } from "../support/require.ts";
import { startAgent, startSealift } from "../support/sealift.ts";
import { runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const logGroupName = "/kill/counter";

/** Writes line 1, line 2 and so on until it is stopped. */
const counts = "trap 'exit 0' TERM; n=0; while true; do n=$((n+1)); echo line $n; sleep 0.05; done";

test("no line is lost or doubled by a lost answer or a killed control plane, and lines go on after a killed agent", {
  skip: await skipUnless("docker"),
  timeout: 480_000,
}, async (t) => {
  await importHttpdImage(await connectDocker());
  await using data = await throwAwayData();
  await using agentData = await throwAwayData();
  const start = (port = 0) =>
    startSealift({ runtime: "docker", data: data.path, flags: ["--no-agent", "--port", String(port)] });
  await using resources = new AsyncDisposableStack();
  let plane = await start();
  resources.defer(() => plane[Symbol.asyncDispose]());
  const port = Number(new URL(plane.endpoint).port);
  await using between = await openBetween(port);
  const startMachine = () =>
    startAgent(plane, {
      ...{ cluster: "default", data: agentData.path, runtime: "docker" },
      endpoints: [between.endpoint],
    });
  let agent = await startMachine();
  resources.defer(() => agent[Symbol.asyncDispose]());
  const { ecs, logs } = clientsOf(plane);
  const options = { "awslogs-group": logGroupName, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "count" };
  await ecs.registerTaskDefinition({
    family: "counter",
    networkMode: "bridge",
    containerDefinitions: [
      {
        ...{ name: "main", image: "httpd", memory: 64, command: ["sh", "-c", counts], stopTimeout: 5 },
        logConfiguration: { logDriver: "awslogs", options: { ...options, mode: "blocking" } },
      },
    ],
  });
  const task = await runTask(ecs, { taskDefinition: "counter", networkConfiguration: undefined });
  await waitForTask(ecs, task, "RUNNING");
  const logStreamName = `count/main/${task.split("/").at(-1)}`;
  const written = () => countedIn(logs, { logGroupName, logStreamName });
  const more = async (what: string) => {
    const before = (await written()).length;
    await until(what, async () => (await written()).length > before, { seconds: 60, pause: 500 });
  };
  await until("the first lines are there", async () => (await written()).length > 0, { seconds: 60, pause: 500 });

  between.loseAnAnswer();
  await until("an answer to PutLogEvents was lost", () => between.lost() === 1, { seconds: 30 });
  await more("lines come after a lost answer");

  await plane.end("SIGKILL");
  await between.close();
  plane = await start(port);
  await between.listen();
  await more("lines come after the control plane was killed");
  const numbers = await written();
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, index) => index + 1),
  );

  await agent.end("SIGKILL");
  agent = await startMachine();
  await more("lines come after the agent was killed");
  await ecs.stopTask({ task });
  await waitForTask(ecs, task, "STOPPED");
  const all = await written();
  assert.deepEqual(
    all,
    [...new Set(all)].sort((one, other) => one - other),
  );
  t.diagnostic(`${all.length} lines; the driver gave up ${(all.at(-1) ?? 0) - all.length} while the agent was away`);
});

/** Stands between an agent and its control plane, and can lose the answer to a PutLogEvents. */
async function openBetween(port: number) {
  let [losing, lost] = [false, 0];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    let isPut = false;
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one
        .on("error", () => {})
        .on("close", () => {
          sockets.delete(one);
          other.destroy();
        });
    }
    client.on("data", (chunk) => {
      isPut ||= chunk.includes("Logs_20140328.PutLogEvents");
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (!isPut || !losing) return void client.write(chunk);
      losing = false;
      lost++;
      client.destroy();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const own = (server.address() as AddressInfo).port;
  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
  return {
    endpoint: `http://127.0.0.1:${own}`,
    /** While the control plane is away, nobody answers here either. */
    close,
    listen: () => once(server.listen(own, "127.0.0.1"), "listening"),
    loseAnAnswer() {
      losing = true;
    },
    lost: () => lost,
    [Symbol.asyncDispose]: close,
  };
}
