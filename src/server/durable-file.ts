import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file (0600) that is there whole or not at all, and after a loss of power too: without the root key, nothing
 * that the database acknowledged could be read.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, content, { mode: 0o600, flush: true });
  renameDurably(temporary, path);
}

/** Gives a file another name in the same directory, in place of the one that had it. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  flushDirectory(to);
}

/** Removes a file, if it is there. */
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
