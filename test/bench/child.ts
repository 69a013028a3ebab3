import { type ChildProcess, spawn } from "node:child_process";

/** A started program that has printed where it listens. */
export interface Child extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the start until it printed that. */
  readonly startedIn: number;
}

/** Starts `node` with `words` and waits for a line with a URL. */
export function startChild(words: readonly string[]): Promise<Child> {
  return startProgram(process.execPath, ["--disable-warning=ExperimentalWarning", ...words]);
}

/** Starts a program and waits for a line with a URL. */
export function startProgram(program: string, words: readonly string[]): Promise<Child> {
  const started = performance.now();
  const child: ChildProcess = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code} before it was ready: ${output}`)));
    function read(chunk: Buffer): void {
      if (output.length < 10_000) output += chunk.toString();
      const port = /http:\/\/[^:\s]+:(\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      resolve({
        port: Number(port),
        pid: child.pid!,
        startedIn: performance.now() - started,
        async [Symbol.asyncDispose]() {
          child.kill("SIGTERM");
          await exited;
        },
      });
    }
    child.stdout!.on("data", read);
    child.stderr!.on("data", read);
  });
}

/** Resident memory of a process, in MB. */
export async function residentMemory(pid: number): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** CPU time that a process's threads have used, in milliseconds. */
export async function cpuTime(pid: number): Promise<number> {
  const { readdir, readFile } = await import("node:fs/promises");
  const threads = await readdir(`/proc/${pid}/task`);
  const texts = await Promise.all(threads.map((id) => readFile(`/proc/${pid}/task/${id}/schedstat`, "utf8")));
  // Nanoseconds. `/proc/<pid>/stat` counts in hundredths of a second, of which a start has too few.
  return texts.reduce((sum, text) => sum + Number(text.split(" ")[0]), 0) / 1e6;
}
