import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Secret values, and a search for them. */
export interface Canaries {
  /** Adds a value and returns it. */
  keep<Value extends string | Uint8Array>(value: Value): Value;
  /** The values that the bytes contain: as they are, in base64 or hexadecimal, or escaped as in JSON or a URL. */
  foundIn(bytes: Buffer | string): readonly string[];
}

export function canaries(): Canaries {
  const forms = new Map<string, readonly string[]>();
  return {
    keep(value) {
      const bytes = Buffer.from(value as string);
      // The last characters of base64 depend on what follows the value.
      const base64 = [0, 1, 2].map((offset) => base64At(bytes, offset));
      const raw = bytes.toString("latin1");
      const texts = typeof value === "string" ? [JSON.stringify(value).slice(1, -1), encodeURIComponent(value)] : [];
      const all = [raw, ...base64, bytes.toString("hex"), ...texts];
      forms.set(typeof value === "string" ? value : bytes.toString("hex"), all);
      return value;
    },
    foundIn(bytes) {
      const text = typeof bytes === "string" ? bytes : bytes.toString("latin1");
      return [...forms].filter(([, all]) => all.some((form) => text.includes(form))).map(([value]) => value);
    },
  };
}

/** The value in base64, if `offset` bytes come before it in its group of three. */
function base64At(bytes: Buffer, offset: number): string {
  const skipped = (3 - offset) % 3;
  const whole = Math.floor((bytes.length - skipped) / 3) * 3;
  return bytes.subarray(skipped, skipped + whole).toString("base64");
}

/** Files under the directory that hold a canary, `file: canary` each. */
export async function filesWithCanaries(
  directory: string,
  { foundIn }: Canaries,
  except: readonly string[] = [],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const file of await filesUnder(directory)) {
    if (except.includes(file)) continue;
    const bytes = await readFile(join(directory, file)).catch(ignoreMissing);
    if (bytes) for (const canary of foundIn(bytes)) found.push(`${file}: ${canary}`);
  }
  return found;
}

/** Regular files under the directory, by path within it. */
export async function filesUnder(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1));
}

/** A process gets its command line soon after it has begun. One that was looked at so often is old: … */
const newLooks = 40;

/** … it is looked at with every so many turns only. */
const oldTurns = 8;

/** Looks at the command line of every process of this machine again and again until it is stopped. */
export function watchCommandLines({ foundIn }: Canaries) {
  const stopping = new AbortController();
  const lines = new Set<string>();
  const processes = new Set<string>();
  /**
   * Of each process that was there last: how often it was looked at, and how often it had no command line then. One of the kernel's
   * never has one, another lacks it for a moment.
   */
  let present = new Map<string, { looks: number; empty: number }>();
  let turn = 0;
  const buffer = Buffer.alloc(2 ** 21);

  function look(): void {
    const before = present;
    present = new Map();
    turn++;
    for (const id of readdirSync("/proc")) {
      if (!/^\d+$/.test(id)) continue;
      const process = before.get(id) ?? { looks: 0, empty: 0 };
      present.set(id, process);
      if (process.empty > 2 || (process.looks > newLooks && turn % oldTurns !== 0)) continue;
      const length = readInto(buffer, `/proc/${id}/cmdline`) ?? 0;
      processes.add(id);
      process.looks++;
      if (length === 0) process.empty++;
      else lines.add(buffer.toString("latin1", 0, length));
    }
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      look();
      await delay(5);
    }
  }

  const watching = watch();
  watching.catch(() => {}); // `stop` rejects with it
  return {
    /** Resolves to the command lines that held a canary, and to how many processes were looked at. */
    async stop(): Promise<{ readonly found: readonly string[]; readonly processes: number }> {
      stopping.abort();
      await watching;
      const found = [...lines].flatMap((line) =>
        foundIn(line).map((canary) => `${line.replaceAll("\0", " ")}: ${canary}`),
      );
      return { found, processes: processes.size };
    },
  };
}

/** Reads the start of a file. Gives the number of bytes; `undefined` if the file is gone. */
function readInto(buffer: Buffer, path: string): number | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    return readSync(file, buffer, 0, buffer.length, 0);
  } catch (error) {
    return ignoreMissing(error as NodeJS.ErrnoException);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Ignores files and processes that end during the search. */
function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "ESRCH" || error.code === "EACCES") return undefined;
  throw error;
}
