import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { until } from "../../../test/support/until.ts";
import { systemClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import type { ContainerSpec, ContainerState } from "../containers.ts";
import type { Runtime } from "../runtime.ts";
import { openProcessRuntime } from "./process-runtime.ts";

const directories: string[] = [];
after(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true }))));

/** A directory that goes when the tests of the file are over. */
export async function freshDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "sealift-test-"));
  directories.push(directory);
  return directory;
}

export function open(
  directory: string,
  warn: (message: string) => void = (message) => assert.fail(message),
): Promise<Runtime> {
  return openProcessRuntime({ directory, clock: systemClock, ids: randomIds, warn });
}

/** Standard output and error so far. */
export async function outputOf(directory: string, id: string): Promise<string> {
  const text = await readFile(join(directory, id, "log.json"), "utf8");
  const lines = text.split("\n").filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { readonly log: string }).log).join("");
}

/** The first output of a container. */
export function firstOutput(directory: string, id: string): Promise<string> {
  return until(`the output of ${id}`, async () => (await outputOf(directory, id)) || undefined);
}

export function specOf(change: Partial<ContainerSpec>): ContainerSpec {
  return { name: randomIds.hex(8), image: "any", environment: {}, labels: {}, ports: [], network: "host", ...change };
}

export async function start(runtime: Runtime, change: Partial<ContainerSpec>): Promise<string> {
  const id = await runtime.containers.create(specOf(change));
  await runtime.containers.start(id);
  return id;
}

/** The container's state when it has ended. */
export async function run(runtime: Runtime, change: Partial<ContainerSpec>): Promise<ContainerState> {
  const id = await start(runtime, change);
  return until(`container ${id} ends`, async () => {
    const state = await runtime.containers.inspect(id);
    return state?.status === "stopped" && state;
  });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function untilGone(pid: number): Promise<void> {
  await until(`process ${pid} is gone`, () => !isAlive(pid));
}

/** Processes of this machine that run for the container; see `containerMark`. */
export async function processesMarked(id: string): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")));
  return pids.filter((_, index) => environments[index]?.includes(`SEALIFT_CONTAINER_ID=${id}`)).map(Number);
}
