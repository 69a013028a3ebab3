import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf } from "../../caught.ts";
import { endProcesses } from "../system/end-processes.ts";
import { keeperMark } from "../system/mark.ts";
import { processStart } from "../system/process-start.ts";
import { signalProcess } from "../system/signals.ts";

/** The keeper of a directory. */
interface Owner {
  readonly pid: number;
  /** See `processStart`. */
  readonly start: string;
  /** See `keeperMark`. */
  readonly id: string;
}

/** Milliseconds that a former keeper has to kill its programs and to record their end. */
const patience = 15_000;
const pause = 20;

/** Writes down which process is the directory's keeper. Before that, the keeper must not be asked to start anything. */
export function writeOwner(directory: string, pid: number, id: string): void {
  const owner: Owner = { pid, start: processStart(pid) ?? "", id };
  writeFileSync(`${fileOf(directory)}.new`, JSON.stringify(owner), { mode: 0o600, flush: true });
  renameSync(`${fileOf(directory)}.new`, fileOf(directory));
}

/** Ends the keeper that an earlier Sealift left behind, if it still runs, with its programs. */
export async function endFormerKeeper(directory: string): Promise<void> {
  const owner = readOwner(directory);
  if (!owner) return;
  const isAlive = () => processStart(owner.pid) === owner.start;
  if (isAlive()) signalProcess(owner.pid, "SIGTERM");
  for (const deadline = performance.now() + patience; isAlive(); await delay(pause)) {
    if (performance.now() > deadline) signalProcess(owner.pid, "SIGKILL");
  }
  await endRemains(owner.id);
}

/**
 * Ends what a keeper that is gone has forked and what is not yet a program. Afterwards, all that is left of its programs carries
 * their containers' marks.
 */
export async function endRemains(keeper: string): Promise<void> {
  await endProcesses(keeperMark(keeper));
}

function readOwner(directory: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(directory), "utf8")) as Owner;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function fileOf(directory: string): string {
  return join(directory, "keeper.json");
}
