import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { lineProgram } from "./line-program.ts";

/** The exit code and the output of a call of the CLI. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Prefork = (words: readonly string[], env: Readonly<Record<string, string>>) => Promise<CliResult>;

const script = join(import.meta.dirname, "aws-prefork.py");
const run = promisify(execFile);
const interpreters = new Map<string, Promise<string | undefined>>();
const made = new Map<string, Prefork>();

/**
 * Runs the calls of an aws CLI of version 1 in forks of one process that has loaded it, because Python's imports take most of
 * a call's time. `undefined` if the program at `path` is not the CLI's Python script.
 */
export async function preforked(path: string): Promise<Prefork | undefined> {
  const looked = interpreters.get(path) ?? interpreterOf(path);
  interpreters.set(path, looked);
  const python = await looked;
  if (python === undefined) return undefined;
  const known = made.get(python) ?? prefork(python);
  made.set(python, known);
  return known;
}

async function interpreterOf(path: string): Promise<string | undefined> {
  const text = await readFile(path, "latin1");
  if (text.length > 100_000) return undefined;
  // A shim of pyenv. It looks up the real script with every call.
  if (/^exec .*pyenv/m.test(text)) return interpreterOf((await run("pyenv", ["which", "aws"])).stdout.trim());
  return text.includes("import awscli.clidriver") ? /^#!\s*(\S*python\S*)/.exec(text)?.[1] : undefined;
}

function prefork(python: string): Prefork {
  const folder = mkdtempSync(join(tmpdir(), "sealift-aws-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const { PATH = "", HOME = "" } = process.env;
  const ask = lineProgram(python, [script], { PATH, HOME });
  let calls = 0;
  return async (words, env) => {
    const call = ++calls;
    const [out, err] = [join(folder, `${call}.out`), join(folder, `${call}.err`)];
    const code = (await ask({ words, env, out, err })) as number;
    const [stdout, stderr] = [readFileSync(out, "utf8"), readFileSync(err, "utf8")];
    await Promise.all([out, err].map((path) => rm(path)));
    return { code, stdout, stderr };
  };
}
