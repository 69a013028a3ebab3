import { execFileSync } from "node:child_process";
import { type ProcessEntry, processTable, textOf } from "./process-table.ts";

/**
 * The variable that marks every process of a container with the container's id. Children inherit it, also those that leave the
 * program's process group and session.
 */
export const markName = "SEALIFT_CONTAINER_ID";

/**
 * All processes of a container: those of its leader's group or session, those that carry its mark, and all that share a group or
 * session with one of these. `leader` must be known to be the container's own, as ids are used again.
 */
export function processesOf(id: string, leader?: number): readonly number[] {
  const table = processTable();
  const marked = table.filter(markedWith(id));
  const sessions = new Set(marked.map(({ session }) => session));
  const groups = new Set(marked.map(({ group }) => group));
  if (leader !== undefined) {
    sessions.add(leader);
    groups.add(leader);
  }
  return table.filter(({ group, session }) => sessions.has(session) || groups.has(group)).map(({ pid }) => pid);
}

/** Variables of other users' processes cannot be read; these count as not marked. */
function markedWith(id: string): (entry: ProcessEntry) => boolean {
  const mark = `${markName}=${id}`;
  if (process.platform === "linux") {
    return ({ pid }) => `\0${textOf(`/proc/${pid}/environ`) ?? ""}\0`.includes(`\0${mark}\0`);
  }
  const lines = execFileSync("ps", ["-axEww", "-o", "pid=,command="]).toString().split("\n");
  const pids = new Set(
    lines.filter((line) => ` ${line} `.includes(` ${mark} `)).map((line) => Number.parseInt(line, 10)),
  );
  return ({ pid }) => pids.has(pid);
}
