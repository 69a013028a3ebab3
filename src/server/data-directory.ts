import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lockDirectory } from "../concurrency/directory-lock.ts";
import { ConfigError } from "./config.ts";
import { writeWhole } from "./durable-file.ts";

/** The files of an installation. */
export interface DataDirectory extends Disposable {
  readonly path: string;
  /** True if it was made just now. */
  readonly isNew: boolean;
  readonly database: string;
  readonly agentState: string;
  readonly accessKey: AccessKey;
}

/** The account's root access key. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const accessKeyName = "root-access-key.json";
export const databaseName = "sealift.db";

/**
 * Opens the directory for this process alone, making it and its access key (0600) where there are none. Throws `ConfigError`
 * if another process has it open; a process that died, however hard, has not.
 */
export function openDataDirectory(path: string, newKey: () => AccessKey): DataDirectory {
  const lock = takeLock(path);
  try {
    const known = readAccessKey(path);
    return {
      path,
      isNew: known === undefined,
      database: join(path, databaseName),
      agentState: join(path, "agent.db"),
      accessKey: known ?? keepAccessKey(path, newKey()),
      [Symbol.dispose]: () => lock[Symbol.dispose](),
    };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

/** A database without rows, which the package has: to copy it takes a fraction of the time to make one. */
const emptyDatabase = join(import.meta.dirname, "empty.db");

/** Puts an empty database where there is none, if there is one to copy. */
export function beginDatabase(path: string): void {
  if (!existsSync(path) && existsSync(emptyDatabase)) writeWhole(path, readFileSync(emptyDatabase));
}

/** The root access key of an installation, or `undefined` where none was made yet. */
export function readAccessKey(path: string): AccessKey | undefined {
  const file = join(path, accessKeyName);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as AccessKey) : undefined;
}

/** The last known address of this directory's server. */
export interface Address {
  readonly endpoint: string;
  readonly region: string;
  /** File of the authorities by which the server's certificate is trusted, where those of the system do not do. */
  readonly caCert?: string;
}

export function writeAddress(path: string, address: Address): void {
  writeWhole(join(path, "address.json"), JSON.stringify(address));
}

export function readAddress(path: string): Address | undefined {
  const file = join(path, "address.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Address) : undefined;
}

function takeLock(path: string): Disposable {
  try {
    const lock = lockDirectory(path);
    if (lock) return lock;
  } catch (cause) {
    throw new ConfigError(`Cannot use the data directory ${path}: ${(cause as Error).message}`, { cause });
  }
  throw new ConfigError(`Cannot use the data directory ${path}: another Sealift is running on it`);
}

function keepAccessKey(path: string, key: AccessKey): AccessKey {
  writeWhole(join(path, accessKeyName), `${JSON.stringify(key, undefined, 2)}\n`);
  return key;
}
