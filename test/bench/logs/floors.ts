import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Sheet } from "./sheets.ts";

const run = promisify(execFile);

/** Lines a second that a bare file takes: each sheet is appended and put on the disk before the next one. */
export async function appendRate(path: string, sheets: readonly Sheet[]): Promise<number> {
  const file = await open(path, "w");
  const began = performance.now();
  let lines = 0;
  for (const sheet of sheets) {
    await file.write(sheet.text);
    await file.datasync();
    lines += sheet.lines;
  }
  const seconds = (performance.now() - began) / 1000;
  await file.close();
  return lines / seconds;
}

/** A gzipped file of the sheets' lines. A sheet that comes again is compressed once: gzip files may stand in a row. */
export async function gzipped(path: string) {
  const file = await open(path, "w");
  const known = new Map<Sheet, Promise<Buffer>>();
  return {
    path,
    async add(sheet: Sheet): Promise<void> {
      const bytes = known.get(sheet) ?? promisify(gzip)(sheet.text);
      known.set(sheet, bytes);
      await file.write(await bytes);
    },
    close: () => file.close(),
  };
}

/** Seconds that `zgrep` takes to count the lines with a term, and how many it finds. */
export async function zgrep(path: string, term: string): Promise<{ readonly seconds: number; readonly found: number }> {
  const began = performance.now();
  const { stdout } = await run("zgrep", ["-c", "-F", term, path], { env: { ...process.env, LC_ALL: "C" } });
  return { seconds: (performance.now() - began) / 1000, found: Number(stdout) };
}
