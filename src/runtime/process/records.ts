import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { defined } from "../../defined.ts";
import { codeOf } from "../caught.ts";
import type { ContainerState, Health } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";

/** A container or a namespace as its file keeps it: enough to find it again, and nothing secret. */
export interface ContainerRecord extends ContainerState {
  /** Set before the program is started: from here on it may run, or may have run. `startedAt` says since when. */
  readonly isStarting?: boolean;
  /** Leader of the container's process group. */
  readonly pid?: number;
  /** See `processStart`. */
  readonly processStart?: string;
}

export interface Records {
  /**
   * Writes the record whole. When this returns it outlives the processes of Sealift, and, where it says that the program is
   * being started or has ended, a loss of power too.
   */
  save(record: ContainerRecord): void;
  load(): readonly ContainerRecord[];
  delete(id: string): void;
  /** Where the container's log files and its working directory lie; deleted with its record. */
  pathOf(id: string, name: string): string;
}

/**
 * Records in `directory`, which is made if need be. A record stays until `delete`, also when its program has ended: whoever comes
 * after a crash must be able to see that it ran. All files are their owner's alone (0600).
 */
export function openRecords(directory: string): Records {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const pathOf = (id: string, name: string) => join(directory, id, name);
  return {
    pathOf,
    save(record) {
      const folder = join(directory, record.id);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const flush = record.isStarting === true || record.status === "stopped";
      const temporary = pathOf(record.id, "new-record.json");
      writeFileSync(temporary, encodeRecord(record), { mode: 0o600, flush });
      renameSync(temporary, pathOf(record.id, "record.json"));
      if (flush) for (const path of [folder, directory]) flushDirectory(path);
    },
    load: () => readdirSync(directory).flatMap((id) => read(pathOf(id, "record.json")) ?? []),
    delete: (id) => rmSync(join(directory, id), { recursive: true, force: true }),
  };
}

export function encodeRecord(record: ContainerRecord): string {
  const { error } = record;
  return JSON.stringify({ ...record, error: error && { name: error.name, message: error.message } });
}

export function decodeRecord(text: string): ContainerRecord {
  const { error, createdAt, startedAt, finishedAt, health, ...rest } = JSON.parse(text) as EncodedRecord;
  return {
    ...rest,
    ...defined({
      error: error && new RuntimeError(error.name, error.message),
      createdAt: dateOf(createdAt),
      startedAt: dateOf(startedAt),
      finishedAt: dateOf(finishedAt),
      health: health && decodeHealth(health),
    }),
  };
}

function decodeHealth({ checkedAt, ...rest }: Encoded<Health>): Health {
  return { ...rest, ...defined({ checkedAt: dateOf(checkedAt) }) };
}

/** JSON has no dates. */
type Encoded<T> = { readonly [Key in keyof T]: NonNullable<T[Key]> extends Date ? string : T[Key] };
type EncodedRecord = Omit<Encoded<ContainerRecord>, "health"> & { readonly health?: Encoded<Health> };

function dateOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

function read(path: string): ContainerRecord | undefined {
  try {
    return decodeRecord(readFileSync(path, "utf8"));
  } catch (error) {
    // Sealift died between making the directory and the record, before anything was started.
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

/** Makes sure that names in the directory are on the disk too. */
function flushDirectory(directory: string): void {
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
