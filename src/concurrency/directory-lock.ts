import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5;

/**
 * Takes the directory for this process alone, making it (0700) where there is none; `undefined` if another process has it. The
 * operating system lets go of the lock when the process ends, however hard. Throws where the directory cannot be used.
 */
export function lockDirectory(path: string): Disposable | undefined {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const file = join(path, "lock");
  // SQLite's other files take their mode from this one.
  closeSync(openSync(file, "a", 0o600));
  const lock = new DatabaseSync(file);
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive; commit");
    return { [Symbol.dispose]: () => lock.close() };
  } catch (error) {
    lock.close();
    if (isTaken(error)) return undefined;
    throw error;
  }
}

/** SQLite says that another process has the file. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === sqliteBusy;
}
