import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { ECS, Task } from "@aws-sdk/client-ecs";
import { systemClock } from "../clock.ts";
import { defined } from "../defined.ts";
import { ConfigError } from "../server/config.ts";
import { connectInstallation } from "./logs/installation-api.ts";
import { type Merge, merge } from "./logs/merge.ts";
import type { OutputSource } from "./logs/output-line.ts";
import { printer } from "./logs/printer.ts";
import { readSince } from "./logs/since.ts";
import { idOf, type SourcesOptions, sourcesOf } from "./logs/task-sources.ts";
import { stopSignal } from "./stop-signal.ts";

export interface LogsFlags {
  readonly follow?: boolean;
  readonly since?: string;
  readonly container?: string;
  /** False: as the containers printed it. */
  readonly masking?: boolean;
  readonly json?: boolean;
  readonly cluster?: string;
  readonly data?: string;
  readonly endpoint?: string;
  readonly region?: string;
}

/** Milliseconds for which a quiet container holds up the others, and between two looks for a service's new tasks. */
const patience = 1_000;
const interval = 2_000;

/** Tasks in one request. */
const mostTasks = 100;

/** Prints the output of a task, or of all tasks of a service, in the order of its time. */
export async function logs(target: string, flags: LogsFlags): Promise<void> {
  const { follow = false, cluster = "default", container, masking = true, json = false } = flags;
  const since = flags.since === undefined ? undefined : readSince(flags.since, systemClock.now().getTime());
  using api = connectInstallation(flags);
  const ended = new AbortController();
  void stopSignal().then(() => ended.abort());
  process.stdout.on("error", () => ended.abort());
  const wanted = { follow, masking, signal: ended.signal, ...defined({ since }) };
  const options: SourcesOptions = { api, cluster, wanted, ...defined({ container }) };
  const isTask = /^(?:[0-9a-f]{32}|arn:[^/]*:task\/.*)$/.test(target);
  const merged = merge({
    ...(follow && { patience }),
    onProblem(source: OutputSource, { message }) {
      if (ended.signal.aborted) return;
      process.exitCode = 1;
      process.stderr.write(`sealift: ${source.container}: ${message}\n`);
    },
  });
  const tasks = () => (isTask ? theTask(api.ecs, cluster, target) : tasksOf(api.ecs, cluster, target));
  const first = await api.reached(tasks()).catch(explained);
  const known = new Set<string>();
  await addAll(merged, first, known, options);
  if (container !== undefined && first.length > 0 && !first.some((task) => hasContainer(task, container))) {
    throw new ConfigError(`Cannot find the container "${container}" in ${target}`);
  }
  if (isTask || !follow) merged.close();
  else void lookForMore(merged, tasks, known, options).finally(merged.close);

  const textOf = printer({
    ...{ json, namesTasks: !isTask },
    isTerminal: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  });
  for await (const line of merged.lines()) {
    if (ended.signal.aborted) break;
    if (!process.stdout.write(textOf(line))) await Promise.race([once(process.stdout, "drain"), aborted(ended.signal)]);
  }
}

async function addAll(merged: Merge, tasks: readonly Task[], known: Set<string>, options: SourcesOptions) {
  for (const task of tasks) {
    if (known.has(idOf(task))) continue;
    known.add(idOf(task));
    for (const source of await sourcesOf(task, options)) merged.add(source);
  }
}

/** Until the reading ends. */
async function lookForMore(
  merged: Merge,
  tasks: () => Promise<readonly Task[]>,
  known: Set<string>,
  options: SourcesOptions,
): Promise<void> {
  const { signal } = options.wanted;
  while (!signal.aborted) {
    await setTimeout(interval, undefined, { signal }).catch(() => {}); // the loop ends
    // What the server does not answer now, it does with the next look.
    if (!signal.aborted) await addAll(merged, await tasks().catch(() => []), known, options);
  }
}

async function theTask(ecs: ECS, cluster: string, task: string): Promise<readonly Task[]> {
  const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: [task] });
  if (tasks.length === 0) throw new ConfigError(`Cannot find the task ${task} in the cluster "${cluster}"`);
  return tasks;
}

/** The tasks of a service that are known, those that have stopped among them. */
async function tasksOf(ecs: ECS, cluster: string, target: string): Promise<readonly Task[]> {
  const serviceName = target.slice(target.lastIndexOf("/") + 1);
  const { services: [service] = [] } = await ecs.describeServices({ cluster, services: [target] });
  if (!service) throw new ConfigError(`Cannot find a task or a service "${target}" in the cluster "${cluster}"`);
  const arns: string[] = [];
  for (const desiredStatus of ["RUNNING", "STOPPED"] as const) {
    for (let nextToken: string | undefined; ; ) {
      const answer = await ecs.listTasks({ cluster, serviceName, desiredStatus, nextToken });
      arns.push(...(answer.taskArns ?? []));
      nextToken = answer.nextToken;
      if (nextToken === undefined) break;
    }
  }
  const tasks: Task[] = [];
  for (let start = 0; start < arns.length; start += mostTasks) {
    const answer = await ecs.describeTasks({ cluster, tasks: arns.slice(start, start + mostTasks) });
    tasks.push(...(answer.tasks ?? []));
  }
  return tasks;
}

function hasContainer({ containers = [] }: Task, name: string): boolean {
  return containers.some((container) => container.name === name);
}

function explained(error: Error): never {
  if (error.name === "ClusterNotFoundException") throw new ConfigError("Cannot find this --cluster", { cause: error });
  if (error.name === "InvalidParameterException") throw new ConfigError(error.message, { cause: error });
  throw error;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
