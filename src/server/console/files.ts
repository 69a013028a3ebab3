import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file of the console, in the forms that it was built in. */
export interface ConsoleFile {
  readonly type: string;
  /** Its name has a hash of its content, so that it never changes. */
  readonly isHashed: boolean;
  /** Content codings that it is there in, beside as it is: the best first. */
  readonly codings: readonly Coding[];
  readonly etag: string;
  read(coding: Coding | undefined): Promise<Buffer>;
}

/** The console's files by their path below `/console/`. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

type Coding = "br" | "gzip";

const suffixes: Readonly<Record<Coding, string>> = { br: ".br", gzip: ".gz" };

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

/** Where `npm run console` builds it. */
export const consoleFolder = join(import.meta.dirname, "../../../console/dist");

export function isConsoleBuilt(folder = consoleFolder): boolean {
  return existsSync(join(folder, "index.html"));
}

/** What tells one build from the next; `undefined` where none is there. A build takes the place of the one before as a whole. */
export async function consoleBuild(folder: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs } = await stat(join(folder, "index.html"));
    return `${ino} ${mtimeMs}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Lists the built console; `undefined` where it is not built. Only what is listed here is ever read: no request becomes part of a
 * file's name.
 */
export function consoleFiles(folder: string): ConsoleFiles | undefined {
  if (!isConsoleBuilt(folder)) return undefined;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
  const all = new Set(names);
  const files = new Map<string, ConsoleFile>();
  for (const name of names) {
    const type = types[name.slice(name.lastIndexOf(".") + 1)];
    if (type === undefined) continue;
    const path = join(folder, name);
    const codings = (["br", "gzip"] as const).filter((coding) => all.has(name + suffixes[coding]));
    files.set(name, {
      ...{ type, codings },
      isHashed: name.startsWith("assets/"),
      etag: createHash("sha256").update(readFileSync(path)).digest("base64url").slice(0, 27),
      read: (coding) => readFile(coding === undefined ? path : path + suffixes[coding]),
    });
  }
  return files;
}
