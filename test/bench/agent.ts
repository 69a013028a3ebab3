import { ECS } from "@aws-sdk/client-ecs";
import type Dockerode from "dockerode";
import { importShowEnvironmentImage } from "../../src/runtime/docker/show-environment/show-environment-image.ts";
import { findDocker } from "../support/docker.ts";
import { startAgent } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { cpuTime, median, residentMemory, startChild } from "./child.ts";
import { install } from "./installation.ts";
import { resolution } from "./resolution.ts";
import { type TaskWatch, taskWatch } from "./task-watch.ts";
import { tasks } from "./tasks.ts";

/** Tasks that are started and stopped in each round, how many at a time, and rounds by turns with the Engine's API. */
const throughput = { tasks: 12, atOnce: 4, rounds: 5 } as const;

/** Tasks that run while the agent's memory is looked at. */
const running = 100;

/** Milliseconds between two looks at the tasks. */
const lookEvery = 25;

/** What an agent of its own costs: the start of a task, its secrets, many tasks in a row and many at a time. */
export async function agent(): Promise<void> {
  await tasks();
  await using installation = await install(["--no-agent"]);
  await resolution(installation);
  const docker = await findDocker();
  if (!docker) return console.log("tasks a minute, memory: skipped: no Docker Engine answers");
  // It heeds SIGTERM from its first instruction on: a shell that has not set its trap yet would wait for SIGKILL.
  const image = await importShowEnvironmentImage(docker);
  await using data = await throwAwayData();
  await using machine = await startAgent(installation.client, {
    ...{ cluster: "default", data: data.path, runtime: "docker" },
    environment: { ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: "1s" },
  });
  const ecs = new ECS(installation.client);
  const main = { name: "main", image, memory: 8 };
  await ecs.registerTaskDefinition({ family: "sleeper", networkMode: "bridge", containerDefinitions: [main] });
  const tasksOf = { ecs, watch: taskWatch(ecs, lookEvery) };
  await startedAndStopped(tasksOf, docker, image, machine.pid);
  await memory(tasksOf, machine.pid);
}

interface Tasks {
  readonly ecs: ECS;
  readonly watch: TaskWatch;
}

/** Tasks of one container from RunTask to STOPPED, by turns with the same calls of the Engine's API, as many at a time. */
async function startedAndStopped(tasks: Tasks, docker: Dockerode, image: string, pid: number): Promise<void> {
  const byHand = async () => {
    const HostConfig = { Memory: 8 * 1024 * 1024, NetworkMode: "bridge" };
    const container = await docker.createContainer({ Image: image, HostConfig });
    await container.start();
    await container.stop({ t: 30 });
    await container.remove({ v: true });
  };
  const byTask = async () => stop(tasks, await run(tasks, 1));
  await byHand();
  await byTask();
  const ours: number[] = [];
  const floor: number[] = [];
  let processor = 0;
  for (let round = 0; round < throughput.rounds; round++) {
    floor.push(await perMinute(byHand));
    const before = await cpuTime(pid);
    ours.push(await perMinute(byTask));
    processor += (await cpuTime(pid)) - before;
  }
  const each = processor / throughput.tasks / throughput.rounds;
  console.log(
    `tasks started and stopped a minute, ${throughput.atOnce} at a time: ${median(ours).toFixed(0)}; by the Engine's API alone: ${median(floor).toFixed(0)}; ${(median(ours) / median(floor)).toFixed(2)} ×; ${each.toFixed(0)} ms of the agent's processor time each`,
  );
}

async function perMinute(work: () => Promise<void>): Promise<number> {
  let next = 0;
  const began = performance.now();
  const runAll = async () => {
    while (next++ < throughput.tasks) await work();
  };
  await Promise.all(Array.from({ length: throughput.atOnce }, runAll));
  return (throughput.tasks * 60_000) / (performance.now() - began);
}

async function memory(tasks: Tasks, pid: number): Promise<void> {
  const before = await residentMemory(pid);
  const arns: string[] = [];
  while (arns.length < running) arns.push(...(await run(tasks, 10)));
  const after = await residentMemory(pid);
  await using bare = await startChild(["-e", "console.log('http://bare:1'); setInterval(() => {}, 1000)"]);
  const floor = await residentMemory(bare.pid);
  console.log(
    `agent's resident memory: ${before.toFixed(0)} MB without tasks, ${(before / floor).toFixed(1)} × a bare Node; ${after.toFixed(0)} MB with ${running} running`,
  );
  await stop(tasks, arns);
}

async function run({ ecs, watch }: Tasks, count: number): Promise<string[]> {
  const { tasks: started = [], failures } = await ecs.runTask({ taskDefinition: "sleeper", count });
  if (started.length < count) throw new Error(`Not all tasks were placed: ${JSON.stringify(failures)}`);
  const arns = started.map(({ taskArn }) => taskArn ?? "");
  await Promise.all(arns.map((arn) => watch.until(arn, "RUNNING")));
  return arns;
}

async function stop({ ecs, watch }: Tasks, arns: readonly string[]): Promise<void> {
  await Promise.all(arns.map((task) => ecs.stopTask({ task })));
  await Promise.all(arns.map((arn) => watch.until(arn, "STOPPED")));
}
