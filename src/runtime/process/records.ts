import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ContainerState } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";

/** What is remembered of a container or a namespace in a file of its own: enough to find it again, and nothing secret. */
export interface ContainerRecord extends ContainerState {
  /** Leader of the container's process group. */
  readonly pid?: number;
  /** See `processStart`. */
  readonly processStart?: string;
}

export interface Records {
  save(record: ContainerRecord): void;
  load(): ContainerRecord[];
  delete(id: string): void;
  /** Where the container's log files and its working directory lie; deleted with its record. */
  pathOf(id: string, name: string): string;
}

/**
 * Records in `directory`, which is made if need be. Written synchronously: a process that was started and not yet recorded would be
 * lost if Sealift died in between.
 */
export function openRecords(directory: string): Records {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const pathOf = (id: string, name: string) => join(directory, id, name);
  return {
    pathOf,
    save(record) {
      mkdirSync(join(directory, record.id), { recursive: true, mode: 0o700 });
      const text = JSON.stringify({
        ...record,
        error: record.error && { name: record.error.name, message: record.error.message },
      });
      writeFileSync(pathOf(record.id, "new-record.json"), text, { mode: 0o600 });
      renameSync(pathOf(record.id, "new-record.json"), pathOf(record.id, "record.json"));
    },
    load: () => readdirSync(directory).flatMap((id) => read(pathOf(id, "record.json")) ?? []),
    delete: (id) => rmSync(join(directory, id), { recursive: true, force: true }),
  };
}

function read(path: string): ContainerRecord | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    // Sealift died between making the directory and the record, before anything was started.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return JSON.parse(text, (key, value) => {
    if (key === "createdAt" || key === "startedAt" || key === "finishedAt") return new Date(value);
    return key === "error" ? new RuntimeError(value.name, value.message) : value;
  });
}
