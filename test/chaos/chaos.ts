import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ECS } from "@aws-sdk/client-ecs";
import { type Clients, clientsOf } from "../support/clients.ts";
import { openObjectStore } from "../support/object-store.ts";
import { sealiftProgram } from "../support/program.ts";
import { until } from "../support/until.ts";
import { chunks } from "./chunks.ts";
import { environmentFile, fileSystemVolume, type Job, setUp } from "./definitions.ts";
import type { Engine } from "./engine-port.ts";
import { countPrinted, countPut, countSilent, putLines } from "./lines.ts";
import { taskCount } from "./task-count.ts";
import { countTwice, countWrong, idsOfTasks, leftovers, saidByAll } from "./traces.ts";

export interface ChaosOptions {
  /** An empty directory. */
  readonly directory: string;
  readonly runtime: "docker" | "process";
  /** Absent where tasks are local processes. */
  readonly engine?: Engine;
  readonly kills: number;
  /** A number from 0 to 1, again and again. */
  readonly random: () => number;
  readonly onKill?: (victim: string, count: number) => void;
}

export interface Outcome {
  readonly work: Work;
  /** Counts of what went wrong. All must be 0. */
  readonly damage: Damage;
  /** Counts of what the Engine alone does, whoever uses it. */
  readonly ofEngine: OfEngine;
  /** A line for each thing that went wrong. */
  readonly details: readonly string[];
}

/** Counts of what there was to damage. */
interface Work {
  readonly kills: number;
  readonly acknowledgedTasks: number;
  readonly acknowledgedWrites: number;
  /** Those that were given their task's role, and its metadata or not. */
  readonly tasksWithRole: number;
  /** Lines that PutLogEvents acknowledged to us. */
  readonly linesPut: number;
  /** Lines that containers printed and CloudWatch Logs has. */
  readonly linesPrinted: number;
}

interface Damage {
  readonly writesLost: number;
  /** Counted from the programs' files: each program writes its begin and its end to its own file. */
  readonly tasksRunTwice: number;
  /** Acknowledged, and yet unknown, never stopped, or stopped as if all were well without having run. */
  readonly tasksLost: number;
  /** Programs whose secret, file of variables or volume was not what it has to be. */
  readonly valuesWrong: number;
  /** Lines that were acknowledged, or printed where the agent delivers, and are not in CloudWatch Logs. */
  readonly linesLost: number;
  /** Lines that are in CloudWatch Logs twice, or after later ones. */
  readonly linesDoubled: number;
  /** Containers that run, and of which no line comes after the last kill. */
  readonly streamsSilent: number;
  readonly processesLeft: number;
  readonly containersLeft: number;
  readonly volumesLeft: number;
  readonly mountsLeft: number;
  readonly networksLeft: number;
  readonly cgroupsLeft: number;
  /** The number of services that do not have their tasks again. */
  readonly servicesNotConverged: number;
}

interface OfEngine {
  /** Mounts that are left, and out of reach of those who use the Engine. */
  readonly engineMounts: number;
  /** The same; none of them runs a program of a task. */
  readonly engineProcesses: number;
  /** Lines that its log driver had in memory when it was killed, or could deliver to no agent, and gave up. */
  readonly linesGivenUp: number;
}

const runners = 4;
/** Tasks that run or are to run: more than a machine can start would measure its backlog. */
const mostTasks = 16;
const serviceTasks = 2;
/** Milliseconds of the longest time between two kills; more on a machine so slow that nothing would happen in it. */
const leastGap = 1_400;
/** Seconds after which the scheduler tries again at the latest: to it, tasks that end with their agent have failed. */
const longestBackoff = 300;

/** Kills control plane, agent and engine at random moments under load, and counts what that did. */
export async function chaos(options: ChaosOptions): Promise<Outcome> {
  const { directory, engine, random } = options;
  const out = join(directory, "out");
  mkdirSync(out, { mode: 0o777 });
  const mark = `SEALIFT_CHAOS_${Math.floor(random() * 1e9)}`;
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const outs = [out, ...(engine ? [engine.volumePath(fileSystemVolume)] : [])];
  const log = join(directory, "log");
  await using plane = program(
    log,
    ["up", "--no-agent", "--port", String(port), "--data", join(directory, "plane")],
    {},
  );
  await plane.start();
  const credentials = JSON.parse(readFileSync(join(directory, "plane/root-access-key.json"), "utf8"));
  const clients = clientsOf({ endpoint, region: "us-east-1", credentials });
  await using objects = await openObjectStore({ objects: { [environmentFile.path]: environmentFile.text } });
  const words = [
    "agent",
    "--cluster",
    "default",
    "--endpoint",
    endpoint,
    "--runtime",
    options.runtime,
    "--s3-endpoint",
    objects.endpoint,
  ];
  await using agent = program(log, [...words, "--data", join(directory, "agent")], {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: "1s",
    ...(engine && { DOCKER_HOST: engine.host }),
  });
  await agent.start();
  const jobs = await setUp(clients, { runtime: options.runtime, out, mark }, serviceTasks);

  let over = false;
  const tasks = new Map<string, string>();
  const writes = new Map<string, string>();
  const lines = { put: 0 };
  const details: string[] = [];
  const count = taskCount(clients.ecs, tasks, outs, details);
  const work = [
    ...Array.from({ length: runners }, (_, runner) => runTasks(clients.ecs, jobs, `r${runner}`, tasks, () => over)),
    writeParameters(clients, writes, () => over),
    putLines(clients.logs, lines, () => over),
  ];
  const victims = [plane, plane, agent, agent, agent, ...(engine ? [engine] : [])];
  let restartTime = 0;
  for (let number = 1; number <= options.kills; number++) {
    await delay(100 + random() * Math.max(leastGap, 3 * restartTime));
    const victim = victims[Math.floor(random() * victims.length)] ?? plane;
    options.onKill?.(victim === plane ? "control plane" : victim === agent ? "agent" : "engine", number);
    await victim.kill();
    await delay(random() * 300);
    const began = performance.now();
    await victim.start();
    restartTime = performance.now() - began;
    // What cannot be heard now is heard later.
    if (number % 20 === 0) await count.look().catch(() => {});
  }
  over = true;
  await Promise.all(work);

  const tasksLost = await count.end();
  const servicesNotConverged = await converged(clients.ecs, details);
  const writesLost = await countLostWrites(clients, writes, details);
  const streamsSilent = await countSilent(clients, "steady", details);
  await endService(clients.ecs);
  const said = saidByAll(outs);
  const tasksRunTwice = countTwice(said, details);
  const valuesWrong = countWrong(said, details);
  const tasksWithRole = [...said.values()].filter((words) => words.includes("role")).length;
  const put = await countPut(clients.logs, lines.put, details);
  const printed = await countPrinted(
    clients.logs,
    { isDriver: engine !== undefined, ended: endedIn(said, tasks) },
    details,
  );
  // An Engine that was killed keeps some volumes until it is started again.
  await engine?.kill();
  await engine?.start();
  const left = await leftovers({ mark, engine, details, taskIds: await idsOfTasks(clients.ecs) });
  const [linesLost, linesDoubled] = [put.lost + printed.lost, put.doubled + printed.doubled];
  return {
    work: {
      ...{ kills: options.kills, acknowledgedTasks: tasks.size, acknowledgedWrites: writes.size, tasksWithRole },
      ...{ linesPut: lines.put, linesPrinted: printed.lines },
    },
    damage: {
      ...{ writesLost, tasksRunTwice, tasksLost, valuesWrong, linesLost, linesDoubled, streamsSilent },
      ...{ ...left, servicesNotConverged },
    },
    ofEngine: { ...(engine?.own() ?? { engineMounts: 0, engineProcesses: 0 }), linesGivenUp: printed.givenUp },
    details,
  };
}

/** The ids of the tasks whose program said that it ended. */
function endedIn(said: ReadonlyMap<string, readonly string[]>, tasks: ReadonlyMap<string, string>): Set<string> {
  const ended = [...tasks].filter(([, run]) => said.get(run)?.includes("end"));
  return new Set(ended.map(([arn]) => arn.split("/").at(-1) ?? ""));
}

/** One task after the other. What is not acknowledged may have been begun or not; it may not be begun twice. */
async function runTasks(
  ecs: ECS,
  jobs: readonly Job[],
  name: string,
  tasks: Map<string, string>,
  isOver: () => boolean,
): Promise<void> {
  for (let count = 0; !isOver(); count++) {
    const run = `${name}-${count}`;
    const environment = [
      { name: "RUN", value: run },
      { name: "RANDOM_SECONDS", value: String(count % 3) },
    ];
    try {
      while (!isOver() && ((await ecs.listTasks()).taskArns?.length ?? 0) >= mostTasks) await delay(200);
      const overrides = { containerOverrides: [{ name: "main", environment }] };
      const { tasks: started } = await ecs.runTask({ ...jobs[count % jobs.length]!, overrides });
      for (const { taskArn } of started ?? []) if (taskArn !== undefined) tasks.set(taskArn, run);
      if (!started?.length) await delay(200);
    } catch {
      await delay(50); // not acknowledged
    }
    await delay(150);
  }
}

async function writeParameters({ ssm }: Clients, writes: Map<string, string>, isOver: () => boolean): Promise<void> {
  for (let count = 0; !isOver(); count++) {
    const [Name, Value] = [`/chaos/${count}`, `value-${count}`];
    try {
      await ssm.putParameter({ Name, Value, Type: "String" });
      writes.set(Name, Value);
    } catch {
      await delay(50); // not acknowledged
    }
    await delay(20);
  }
}

async function converged(ecs: ECS, details: string[]): Promise<number> {
  try {
    const isThere = async () => {
      const { services } = await ecs.describeServices({ services: ["steady"] });
      return services?.[0]?.runningCount === serviceTasks && services[0].pendingCount === 0;
    };
    await until("the service has its tasks", isThere, { seconds: longestBackoff + 30, pause: 500 });
    return 0;
  } catch (error) {
    details.push(String(error));
    return 1;
  }
}

async function endService(ecs: ECS): Promise<void> {
  await ecs.deleteService({ service: "steady", force: true });
  await until(
    "every task has stopped",
    async () => (await ecs.listTasks({ desiredStatus: "RUNNING" })).taskArns?.length === 0,
    { seconds: 60, pause: 250 },
  );
}

async function countLostWrites({ ssm }: Clients, writes: Map<string, string>, details: string[]): Promise<number> {
  let lost = 0;
  for (const names of chunks([...writes.keys()], 10)) {
    const { Parameters = [] } = await ssm.getParameters({ Names: [...names] });
    const found = new Map(Parameters.map(({ Name, Value }) => [Name, Value]));
    for (const name of names) {
      if (found.get(name) === writes.get(name)) continue;
      details.push(`${name} was acknowledged and is ${found.get(name)}`);
      lost++;
    }
  }
  return lost;
}

/** A `sealift` that is killed and started again. */
function program(log: string, words: readonly string[], additional: Readonly<Record<string, string>>) {
  let child: ChildProcess | undefined;
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill(signal);
    await ended;
  }
  return {
    async start(): Promise<void> {
      const ours = Object.entries(process.env).filter(([name]) => !/^(AWS|SEALIFT|NODE_TEST)_/.test(name));
      const started = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", sealiftProgram, ...words], {
        env: { ...Object.fromEntries(ours), ...additional },
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = started;
      let output = "";
      for (const stream of [started.stdout, started.stderr]) {
        stream?.on("data", (chunk: Buffer) => {
          output += chunk;
          writeFileSync(log, chunk, { flag: "a" });
        });
      }
      await until("it is ready", () => /is ready/.test(output) || started.exitCode !== null, { seconds: 60 });
      if (started.exitCode !== null) throw new Error(`sealift ${words[0]} ended with ${started.exitCode}: ${output}`);
    },
    kill: () => end("SIGKILL"),
    [Symbol.asyncDispose]: () => end("SIGTERM"),
  };
}

/** One that stays the same over restarts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("There is no free port");
  return address.port;
}
