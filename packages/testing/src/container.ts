import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import manifest from "../package.json" with { type: "json" };
import { flagsOf, type SealiftOptions, type StartedSealift, startedSealift, withDefaults } from "./started.ts";

const run = promisify(execFile);

/** The port in the container. */
const port = "4566";

const readKey = 'process.stdout.write(fs.readFileSync(path.join(process.env.SEALIFT_DATA, "root-access-key.json")))';

/**
 * Sealift as a container, by the `docker` program of this machine. It answers the APIs; tasks run with `Sealift.start({ runtime })`.
 *
 *     await using sealift = await new SealiftContainer().start();
 */
export class SealiftContainer {
  readonly #image: string;
  readonly #options: SealiftOptions;

  /** `image` is the one of this version unless given: `npm run image` makes it. */
  constructor(image = `sealift:${manifest.version}`, options: SealiftOptions = {}) {
    this.#image = image;
    this.#options = options;
  }

  async start(): Promise<StartedSealift> {
    const { region, account, startupTimeout } = withDefaults(this.#options);
    const remote = remoteEngine(process.env.DOCKER_HOST);
    const publish = remote === undefined ? `127.0.0.1::${port}` : port;
    const up = ["up", "--host", "0.0.0.0", "--port", port, "--insecure-http", "--no-agent", ...flagsOf(this.#options)];
    // Nobody but the engine's own `rm` deletes it, so that the log of one that fails can be read.
    const id = await docker("run", "--detach", "--label", "sealift.testing", "--publish", publish, this.#image, ...up);
    const end = async () => void (await docker("rm", "--force", "--volumes", id));
    try {
      const published = await docker("port", id, `${port}/tcp`);
      const endpoint = `http://${remote ?? "127.0.0.1"}:${/:(\d+)$/m.exec(published)?.[1]}`;
      await untilHealthy(endpoint, id, startupTimeout);
      const credentials = JSON.parse(await docker("exec", id, "node", "-e", readKey));
      return startedSealift({ endpoint, region, account, credentials }, end);
    } catch (error) {
      await end();
      throw error;
    }
  }
}

/** Runs `docker`. Resolves to what it printed; the error of one that fails is its own message. */
async function docker(...words: readonly string[]): Promise<string> {
  try {
    return (await run("docker", words)).stdout.trim();
  } catch (error) {
    const { stderr = "", code } = error as { readonly stderr?: string; readonly code?: unknown };
    if (code === "ENOENT") throw new Error("Cannot find the program docker; Sealift.start() needs none");
    throw new Error(`docker ${words[0]}: ${stderr.trim()}`, { cause: error });
  }
}

/** The host of an Engine elsewhere, such as the service `docker` of a CI job. */
function remoteEngine(address = ""): string | undefined {
  return /^(tcp|https?|ssh):/.test(address) ? new URL(address).hostname : undefined;
}

async function untilHealthy(endpoint: string, id: string, patience: number): Promise<void> {
  for (const deadline = performance.now() + patience; performance.now() < deadline; await delay(50)) {
    const answer = await fetch(`${endpoint}/health`).catch(() => undefined);
    if (answer?.ok) return;
    if ((await docker("inspect", "--format", "{{.State.Running}}", id)) === "true") continue;
    throw new Error(`Sealift ended before it was ready: ${await logsOf(id)}`);
  }
  throw new Error(`Sealift was not ready after ${patience} ms: ${await logsOf(id)}`);
}

async function logsOf(id: string): Promise<string> {
  const { stdout, stderr } = await run("docker", ["logs", "--tail", "20", id]);
  return `${stdout}${stderr}`.trim();
}
