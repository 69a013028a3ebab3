import { setTimeout } from "node:timers/promises";
import { ECS } from "@aws-sdk/client-ecs";
import { keepSession } from "../../src/agent/link/session.ts";
import { systemClock } from "../../src/clock.ts";
import { systemTimers } from "../../src/concurrency/timers.ts";
import { emptyPostgres } from "../support/databases.ts";
import { cpuTime } from "./child.ts";
import { type Installation, install } from "./installation.ts";
import { sendAll } from "./measure.ts";
import { signedRequest } from "./signed-request.ts";

const sizes = [100, 10_000] as const;

/** RunTasks that warm the server up, on a cluster of their own; and those that count. */
const warmUp = 300;
const measured = 60;

/** RunTask's most. */
const mostAtOnce = 10;

const definitions = [
  { family: "bridge", containerDefinitions: [{ name: "app", image: "none", memory: 8 }] },
  {
    family: "awsvpc",
    networkMode: "awsvpc",
    cpu: "128",
    memory: "256",
    containerDefinitions: [{ name: "app", image: "none" }],
  },
] as const;

/** RunTask of one task over few and over many live tasks, on each database, of a machine that only acknowledges. */
export async function ecs(): Promise<void> {
  await runTasksOn("SQLite", []);
  if (process.env.SEALIFT_TEST_POSTGRES === undefined) return console.log("PostgreSQL: skipped: none is named");
  await using database = await emptyPostgres();
  await runTasksOn("PostgreSQL", ["--database", database.url]);
}

async function runTasksOn(title: string, flags: readonly string[]): Promise<void> {
  await using installation = await install(["--no-agent", ...flags]);
  const client = new ECS(installation.client);
  for (const definition of definitions) await client.registerTaskDefinition(structuredClone(definition) as never);
  for (const { family } of definitions) {
    await using _warm = await startMachine(client, installation, `warm-${family}`);
    await using machine = await startMachine(client, installation, family);
    await runTasks(installation, family, `warm-${family}`, warmUp);
    const figures: Figures[] = [];
    for (const size of sizes) {
      const missing = size - (await machine.live());
      await runTasks(installation, family, family, missing / mostAtOnce, mostAtOnce);
      await machine.settle();
      figures.push(await runTasks(installation, family, family, measured));
    }
    const [few, many] = figures;
    if (!few || !many) continue;
    console.log(
      `${title}, ${family}: RunTask of one at ${sizes[0]} live tasks: ${show(few)}; at ${sizes[1]}: ${show(many)}; ${(many.median / few.median).toFixed(2)} × (CPU ${(many.cpu / few.cpu).toFixed(2)} ×), budget ≤ 1.3 ×`,
    );
  }
}

/** Milliseconds of one request: until the answer, and of the server's CPU. */
interface Figures {
  readonly median: number;
  readonly cpu: number;
}

function show({ median, cpu }: Figures): string {
  return `${median.toFixed(2)} ms (${cpu.toFixed(2)} ms of CPU)`;
}

/** One RunTask after the other, each with a client token as SDKs send one. */
async function runTasks(
  { target, server }: Installation,
  taskDefinition: string,
  cluster: string,
  calls: number,
  count = 1,
): Promise<Figures> {
  const network = { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } };
  const networkConfiguration = taskDefinition === "awsvpc" ? { networkConfiguration: network } : {};
  function* requests() {
    for (let call = 0; call < calls; call++) {
      const input = { cluster, taskDefinition, count, clientToken: crypto.randomUUID(), ...networkConfiguration };
      yield signedRequest(target, ["ecs", "AmazonEC2ContainerServiceV20141113.RunTask", input]);
    }
  }
  const before = await cpuTime(server.pid);
  const { median } = await sendAll(target.port, requests(), 1);
  return { median, cpu: ((await cpuTime(server.pid)) - before) / calls };
}

/** A container instance without end, whose agent acknowledges payloads and starts nothing. */
async function startMachine(client: ECS, { client: { endpoint, region, credentials } }: Installation, cluster: string) {
  await client.createCluster({ clusterName: cluster });
  const names = ["ecs.capability.task-eni", "ecs.capability.task-cpu-mem-limit"];
  const { containerInstance } = await client.registerContainerInstance({
    cluster,
    totalResources: ["CPU", "MEMORY"].map((name) => ({ name, type: "INTEGER", integerValue: 2 ** 30 })),
    attributes: [
      ...[...names, "com.amazonaws.ecs.capability.docker-remote-api.1.18"].map((name) => ({ name })),
      { name: "sealift.subnet", value: "10.0.0.0/16" },
      { name: "sealift.subnet-gateway", value: "10.0.0.1" },
    ],
  });
  const containerInstanceArn = containerInstance?.containerInstanceArn ?? "";
  const acknowledged = new Set<string>();
  const session = keepSession({
    controlPlane: { discover: async () => ({ url: endpoint, from: undefined }), lost() {} },
    ...{ credentials: async () => credentials, region, cluster, containerInstanceArn },
    ...{ clock: systemClock, timers: systemTimers, silence: 120_000 },
    ...{ minimumDelay: 100, maximumDelay: 1_000, maximumTurnedAwayDelay: 1_000 },
    onMessage(message, send) {
      if (message.type !== "PayloadMessage") return;
      const { messageId, tasks } = message.message;
      for (const { arn } of tasks) acknowledged.add(arn);
      send("AckRequest", { cluster, containerInstance: containerInstanceArn, messageId });
    },
    onBadMessage: (error) => console.error(error),
    onDisconnect: (reason) => console.error(`${cluster}: disconnected: ${reason}`),
    onTurnedAway: (reason) => console.error(`${cluster}: turned away: ${reason}`),
  });
  const describe = async () => {
    const described = await client.describeContainerInstances({ cluster, containerInstances: [containerInstanceArn] });
    return described.containerInstances?.[0];
  };
  while (!(await describe())?.agentConnected) await setTimeout(50);
  const live = async () => (await describe())?.pendingTasksCount ?? 0;
  return {
    live,
    /** Resolves once the agent has every task, and what came of it is done. */
    async settle() {
      while (acknowledged.size < (await live())) await setTimeout(200);
      await setTimeout(12_000);
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
