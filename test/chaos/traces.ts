import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ECS, paginateListTasks } from "@aws-sdk/client-ecs";
import { until } from "../support/until.ts";
import type { Engine } from "./engine-port.ts";

/** The words of a run's program. */
export function saidBy(outs: readonly string[], run: string): readonly string[] {
  return outs.flatMap((out) => {
    try {
      return readFileSync(join(out, run), "utf8").trim().split("\n");
    } catch {
      return [];
    }
  });
}

export function saidByAll(outs: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const runs = outs.flatMap((out) => (existsSync(out) ? readdirSync(out) : []));
  return new Map(runs.map((run) => [run, saidBy(outs, run)]));
}

export function countTwice(said: ReadonlyMap<string, readonly string[]>, details: string[]): number {
  const begun = [...said].map(([run, words]) => [run, words.filter((word) => word === "begin").length] as const);
  const twice = begun.filter(([, times]) => times > 1);
  for (const [run, times] of twice) details.push(`${run} began ${times} times`);
  return twice.length;
}

export function countWrong(said: ReadonlyMap<string, readonly string[]>, details: string[]): number {
  const wrong = [...said].filter(([, words]) => words.includes("wrong"));
  for (const [run, words] of wrong) details.push(`${run} was given a wrong value; it said ${words.join()}`);
  return wrong.length;
}

interface Traces {
  readonly mark: string;
  readonly engine: Engine | undefined;
  readonly details: string[];
  readonly taskIds: readonly string[];
}

export async function leftovers({ mark, engine, details, taskIds }: Traces) {
  const look = async () => ({
    ...{ containers: [], volumes: [], mounts: [], networks: [], ...(await engine?.leftovers()) },
    ...{ processes: processesWith(mark), cgroups: cgroupsOf(taskIds) },
  });
  let seen = await look();
  const isClean = async () => {
    seen = await look();
    return Object.values(seen).every((found) => found.length === 0);
  };
  // Longer than the agent waits before it tries again what it could not remove.
  await until("nothing is left", isClean, { seconds: 240, pause: 500 }).catch(() => {});
  for (const [kind, found] of Object.entries(seen)) for (const one of found) details.push(`${kind} left: ${one}`);
  return {
    processesLeft: seen.processes.length,
    containersLeft: seen.containers.length,
    volumesLeft: seen.volumes.length,
    mountsLeft: seen.mounts.length,
    networksLeft: seen.networks.length,
    cgroupsLeft: seen.cgroups.length,
  };
}

/** Also of those that nobody was told of. */
export async function idsOfTasks(ecs: ECS): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const desiredStatus of ["RUNNING", "STOPPED"] as const) {
    for await (const { taskArns = [] } of paginateListTasks({ client: ecs }, { desiredStatus })) {
      ids.push(...taskArns.map((arn) => arn.split("/").at(-1) ?? ""));
    }
  }
  return ids;
}

/** The groups that tasks of this size have, under one controller or all of them. */
function cgroupsOf(taskIds: readonly string[]): string[] {
  const root = "/sys/fs/cgroup";
  if (!existsSync(root)) return [];
  const folders = ["", ...readdirSync(root)].map((controller) => join(root, controller, "ecs"));
  return folders.flatMap((folder) => taskIds.map((id) => join(folder, id)).filter((path) => existsSync(path)));
}

function processesWith(mark: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark);
    } catch {
      return false; // ended meanwhile
    }
  });
}
