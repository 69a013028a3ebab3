import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ignoreMissing } from "../../caught.ts";
import type { LogLine } from "../../logs.ts";
import { type JsonFileEntry, lineOf } from "./json-file-entry.ts";

/** Reads the files of a `json-file` log in order while they are written, and follows them through rotations. */
export interface JsonFileReader extends AsyncDisposable {
  /** The lines that are there and were not read yet. */
  lines(): AsyncGenerator<LogLine>;
}

const newline = 0x0a;
const chunkSize = 64 * 1024;

/** `path` is that of the newest file; older ones have a number added to it, the oldest the highest. */
export function openJsonFileReader(path: string): JsonFileReader {
  let current: FileHandle | undefined;
  let rest: Buffer = Buffer.alloc(0);

  async function* lines(): AsyncGenerator<LogLine> {
    current ??= await nextFile(path, undefined);
    while (current) {
      yield* linesOf(current);
      const next = await nextFile(path, current);
      if (!next) return;
      yield* linesOf(current); // written before the rotation and after the look above
      await current.close();
      current = next;
    }
  }

  async function* linesOf(file: FileHandle): AsyncGenerator<LogLine> {
    const chunk = Buffer.alloc(chunkSize);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunkSize, null);
      if (bytesRead === 0) return;
      rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
        const text = rest.toString("utf8", 0, end);
        rest = rest.subarray(end + 1);
        yield lineOf(JSON.parse(text) as JsonFileEntry);
      }
    }
  }

  return {
    lines,
    async [Symbol.asyncDispose]() {
      await current?.close();
    },
  };
}

/** Opens the file after `current`, or the oldest one if `current` is absent or was deleted. `undefined` after the newest. */
async function nextFile(path: string, current: FileHandle | undefined): Promise<FileHandle | undefined> {
  for (;;) {
    const files = await filesOf(path);
    const inode = (await current?.stat())?.ino;
    const next = files[files.findIndex((file) => file.inode === inode) + 1];
    if (!next) return undefined;
    const file = await open(next.path).catch(ignoreMissing);
    if (file && (await file.stat()).ino === next.inode) return file;
    await file?.close(); // rotated in between: look again
  }
}

async function filesOf(path: string): Promise<readonly { readonly path: string; readonly inode: number }[]> {
  const names = await readdir(dirname(path)).catch(ignoreMissing);
  const numbers = (names ?? []).flatMap((name) => numberOf(name, basename(path)) ?? []).sort((a, b) => b - a);
  const paths = numbers.map((number) => join(dirname(path), `${basename(path)}${number === 0 ? "" : `.${number}`}`));
  const found = await Promise.all(
    paths.map(async (one) => ({ path: one, inode: (await stat(one).catch(ignoreMissing))?.ino })),
  );
  return found.flatMap(({ path: one, inode }) => (inode === undefined ? [] : [{ path: one, inode }]));
}

/** 0 for the newest file, the number of an older one, `undefined` for any other file. */
function numberOf(name: string, newest: string): number | undefined {
  if (name === newest) return 0;
  const [, digits] = name.startsWith(`${newest}.`) ? (/\.(\d+)$/.exec(name) ?? []) : [];
  return digits === undefined ? undefined : Number(digits);
}
