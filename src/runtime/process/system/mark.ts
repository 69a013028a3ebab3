import { execFileSync } from "node:child_process";
import { type ProcessEntry, processTable, textOf } from "./process-table.ts";

/**
 * A variable that marks processes. Children inherit it, also those that leave the process group and session of their parent.
 */
export interface Mark {
  readonly name: string;
  readonly value: string;
}

/** Marks every process of a container with the container's id. */
export function containerMark(id: string): Mark {
  return { name: "SEALIFT_CONTAINER_ID", value: id };
}

/** Marks a keeper, and what it has forked and what is not yet the program that it will become. */
export function keeperMark(id: string): Mark {
  return { name: "SEALIFT_KEEPER_ID", value: id };
}

/**
 * All processes that carry the mark or belong to the leader's group or session, and all that share a group or session with one
 * of these. `leader` must be known to be one of them, as ids are used again.
 */
export function processesWith(mark: Mark, leader?: number): readonly number[] {
  const table = processTable();
  const marked = table.filter(markedWith(mark));
  const sessions = new Set(marked.map(({ session }) => session));
  const groups = new Set(marked.map(({ group }) => group));
  if (leader !== undefined) {
    sessions.add(leader);
    groups.add(leader);
  }
  return table.filter(({ group, session }) => sessions.has(session) || groups.has(group)).map(({ pid }) => pid);
}

/** Variables of other users' processes cannot be read; these count as not marked. */
function markedWith({ name, value }: Mark): (entry: ProcessEntry) => boolean {
  const mark = `${name}=${value}`;
  if (process.platform === "linux") {
    return ({ pid }) => `\0${textOf(`/proc/${pid}/environ`) ?? ""}\0`.includes(`\0${mark}\0`);
  }
  const lines = execFileSync("ps", ["-axEww", "-o", "pid=,command="]).toString().split("\n");
  const pids = new Set(
    lines.filter((line) => ` ${line} `.includes(` ${mark} `)).map((line) => Number.parseInt(line, 10)),
  );
  return ({ pid }) => pids.has(pid);
}
