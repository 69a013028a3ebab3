import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";

/** The exit code and the output of a call of the CLI. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Prefork = (words: readonly string[], env: Readonly<Record<string, string>>) => Promise<CliResult>;

type Cli = ChildProcessByStdio<Writable, Readable, null>;

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
  const waiting = new Map<string, PromiseWithResolvers<number>>();
  let child: Cli | undefined;
  let calls = 0;
  /** Lets the tests' process end while no call is under way. */
  let keepAlive: (isWaiting: boolean) => void = () => {};
  function started(): Cli {
    if (child) return child;
    const { PATH = "", HOME = "" } = process.env;
    child = spawn(python, [script], { env: { PATH, HOME }, stdio: ["pipe", "pipe", "inherit"] });
    child.unref();
    const { stdin, stdout } = child;
    createInterface({ input: stdout }).on("line", (line) => {
      const [id = "", code] = line.split(" ");
      waiting.get(id)?.resolve(Number(code));
      waiting.delete(id);
      if (waiting.size === 0) keepAlive(false);
    });
    keepAlive = (isWaiting) => {
      for (const end of [stdin, stdout] as unknown as Socket[]) isWaiting ? end.ref() : end.unref();
    };
    child.on("exit", () => {
      for (const { reject } of waiting.values()) reject(new Error(`${script} ended.`));
      waiting.clear();
      child = undefined;
    });
    return child;
  }
  return async (words, env) => {
    const id = String(++calls);
    const [out, err] = [join(folder, `${id}.out`), join(folder, `${id}.err`)];
    const ended = Promise.withResolvers<number>();
    waiting.set(id, ended);
    const { stdin } = started();
    keepAlive(true);
    stdin.write(`${JSON.stringify({ id, words, env, out, err })}\n`);
    const code = await ended.promise;
    const [stdout, stderr] = [readFileSync(out, "utf8"), readFileSync(err, "utf8")];
    await Promise.all([out, err].map((path) => rm(path)));
    return { code, stdout, stderr };
  };
}
