import { setTimeout } from "node:timers/promises";
import { ECS, type Task } from "@aws-sdk/client-ecs";
import { systemClock } from "../clock.ts";
import { ConfigError, dataDirectory } from "../server/config.ts";
import { taskStatsPath } from "../server/installation-paths.ts";
import type { TaskStats } from "../services/ecs/index.ts";
import { type Installation, runningInstallation } from "./installation.ts";
import { signedPost } from "./signed-post.ts";
import { type StatsLine, statsTable } from "./stats-table.ts";
import { stopSignal } from "./stop-signal.ts";

export interface StatsFlags {
  readonly cluster: string;
  readonly data?: string;
  readonly json?: boolean;
  /** False: once. */
  readonly stream?: boolean;
}

/** Milliseconds between two readings. Agents tell figures every 20 seconds. */
const interval = 5_000;

/** Tasks in one request. */
const mostTasks = 100;

/** Prints what tasks use, the running ones of the cluster unless `asked` names some, until SIGTERM or SIGINT. */
export async function stats(asked: readonly string[], { cluster, data, json, stream }: StatsFlags): Promise<void> {
  const installation = runningInstallation(dataDirectory(data === undefined ? {} : { data }, process.env));
  const { endpoint, region, credentials, reached } = installation;
  const ecs = new ECS({ endpoint, region, credentials });
  const ended = new AbortController();
  void stopSignal().then(() => ended.abort());
  process.stdout.on("error", () => ended.abort());
  for (;;) {
    const lines = await reached(linesOf(ecs, installation, cluster, asked)).catch(explained);
    if (json) process.stdout.write(`${JSON.stringify(lines)}\n`);
    else {
      // Home, and clear what is below: a table in place of the one before.
      if (stream !== false && process.stdout.isTTY) process.stdout.write("\u001b[H\u001b[J");
      process.stdout.write(statsTable(lines, systemClock.now().getTime()));
    }
    if (stream === false || ended.signal.aborted) return;
    await setTimeout(interval, undefined, { signal: ended.signal }).catch(() => {}); // the abort ends the loop
    if (ended.signal.aborted) return;
  }
}

async function linesOf(
  ecs: ECS,
  installation: Installation,
  cluster: string,
  asked: readonly string[],
): Promise<readonly StatsLine[]> {
  const arns = asked.length > 0 ? asked : await runningTasks(ecs, cluster);
  const lines: StatsLine[] = [];
  for (let start = 0; start < arns.length; start += mostTasks) {
    const tasks = arns.slice(start, start + mostTasks);
    const { tasks: described = [], failures = [] } = await ecs.describeTasks({ cluster, tasks: [...tasks] });
    const [missing] = asked.length > 0 ? failures : [];
    if (missing) throw new ConfigError(`Cannot find the task ${missing.arn} in the cluster "${cluster}"`);
    if (described.length === 0) continue;
    const figures = await figuresOf(installation, cluster, described);
    for (const task of described) lines.push(lineOf(task, figures.get(task.taskArn)));
  }
  return lines;
}

async function runningTasks(ecs: ECS, cluster: string): Promise<readonly string[]> {
  const arns: string[] = [];
  for (let token: string | undefined; ; ) {
    const answer = await ecs.listTasks({ cluster, desiredStatus: "RUNNING", nextToken: token });
    arns.push(...(answer.taskArns ?? []));
    token = answer.nextToken;
    if (token === undefined) return arns;
  }
}

async function figuresOf(installation: Installation, cluster: string, tasks: readonly Task[]) {
  const input = { cluster, tasks: tasks.map(({ taskArn }) => taskArn) };
  const { status, body } = await signedPost(installation, "ecs", taskStatsPath, input);
  if (status !== 200) throw new Error(`Cannot read what tasks use: ${body}`);
  const answer = JSON.parse(body) as TaskStats;
  return new Map<string | undefined, TaskStats["tasks"][number]>(answer.tasks.map((task) => [task.taskArn, task]));
}

function lineOf(task: Task, figures: TaskStats["tasks"][number] | undefined): StatsLine {
  return {
    taskArn: task.taskArn ?? "",
    definition: task.taskDefinitionArn?.split("/").at(-1) ?? "",
    status: task.lastStatus ?? "",
    health: task.healthStatus ?? "UNKNOWN",
    ...(task.cpu && { cpuLimit: Number(task.cpu) }),
    ...(task.memory && { memoryLimit: Number(task.memory) }),
    ...(figures?.at !== undefined && { at: figures.at, containers: figures.containers ?? [] }),
  };
}

function explained(error: Error): never {
  if (error.name === "ClusterNotFoundException") throw new ConfigError("Cannot find this --cluster", { cause: error });
  if (error.name === "InvalidParameterException") throw new ConfigError(error.message, { cause: error });
  throw error;
}
