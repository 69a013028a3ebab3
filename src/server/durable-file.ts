import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file (0600) whole or not at all. It survives a loss of power: if the root key did not, nobody could read what the
 * database acknowledged.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, content, { mode: 0o600, flush: true });
  renameDurably(temporary, path);
}

/** Renames a file within its directory. It replaces a file that has the name already. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  flushDirectory(to);
}

/** Removes a file if it exists. */
export function removeDurably(path: string): void {
  rmSync(path, { force: true });
  flushDirectory(path);
}

function flushDirectory(path: string): void {
  const directory = openSync(dirname(path), "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
