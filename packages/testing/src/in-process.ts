import { rmSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { program } from "./program.ts";
import { flagsOf, type SealiftOptions, type StartedSealift, startedSealift, withDefaults } from "./started.ts";

export interface InProcessOptions extends SealiftOptions {
  /**
   * What runs tasks: `none` (unless given) answers the APIs and runs nothing, `docker` is the Docker Engine of this machine,
   * `process` runs commands of containers as programs of this machine, and `auto` takes Docker where an Engine answers.
   */
  readonly runtime?: "none" | "auto" | "docker" | "process";
}

/** Sealift in this process, without Docker. */
export class Sealift {
  private constructor() {}

  /**
   * Starts Sealift in this process, in a thread of its own: fake timers and mocks of the tests do not reach it. It listens on a
   * free port of 127.0.0.1 and keeps everything in a temporary folder.
   *
   *     await using sealift = await Sealift.start();
   */
  static async start(options: InProcessOptions = {}): Promise<StartedSealift> {
    const { region, account, startupTimeout } = withDefaults(options);
    const { runtime = "none" } = options;
    const data = await mkdtemp(join(tmpdir(), "sealift-testing-"));
    // For a process that ends without `stop`.
    const clean = () => rmSync(data, { recursive: true, force: true });
    process.once("exit", clean);
    const runs = runtime === "none" ? ["--no-agent"] : ["--runtime", runtime];
    const worker = new Worker(program, {
      argv: ["up", "--host", "127.0.0.1", "--port", "0", "--data", data, ...runs, ...flagsOf(options)],
      env: environment(process.env),
      // Those of a test runner are not for it.
      execArgv: ["--disable-warning=ExperimentalWarning"],
      name: "sealift",
      ...{ stdout: true, stderr: true },
    });
    const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    async function end(): Promise<void> {
      worker.ref();
      worker.postMessage("stop");
      await exited;
      process.off("exit", clean);
      await rm(data, { recursive: true, force: true });
    }
    try {
      const endpoint = await ready(worker, startupTimeout);
      const credentials = JSON.parse(await readFile(join(data, "root-access-key.json"), "utf8"));
      // A test that forgets to stop it can end nevertheless.
      worker.unref();
      return startedSealift({ endpoint, region, account, credentials }, end);
    } catch (error) {
      await worker.terminate();
      process.off("exit", clean);
      clean();
      throw error;
    }
  }
}

/** Resolves to the endpoint. What goes wrong later is printed; a thread that fails then ends the process, as nobody waits for it. */
function ready(worker: Worker, patience: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let errors = "";
    const late = setTimeout(() => fail(`was not ready after ${patience} ms`), patience);
    const crashed = (error: Error) => fail("failed", error);
    const ended = (code: number) => fail(`ended with ${code} before it was ready`);
    function fail(what: string, cause?: Error): void {
      done();
      reject(new Error(`Sealift ${what}: ${errors.trim()}`, { cause }));
    }
    function done(): void {
      clearTimeout(late);
      worker.off("error", crashed);
      worker.off("exit", ended);
    }
    worker.on("error", crashed);
    worker.on("exit", ended);
    worker.stdout.setEncoding("utf8").on("data", (text: string) => {
      const [, endpoint] = /^Sealift is ready on (\S+)/m.exec(text) ?? [];
      if (endpoint === undefined) return;
      done();
      resolve(endpoint);
    });
    worker.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors = `${errors}${text}`.slice(-4000);
      if (!text.startsWith("info: ")) process.stderr.write(text);
    });
  });
}

/** What is for the tests and for their runner is not for Sealift. */
function environment(all: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !/^(AWS|SEALIFT|NODE)_/.test(name)));
}
