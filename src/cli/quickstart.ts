import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomIds } from "../ids.ts";
import { silentLog } from "../log.ts";
import type { EngineAddress } from "../runtime/docker/engine.ts";
import { ConfigError, readConfig } from "../server/config.ts";
import { type Sealift, startSealift } from "../server/server.ts";
import { systemSurroundings } from "../surroundings.ts";
import { clearMachine } from "./clear-machine.ts";
import { buildMissingConsole } from "./quickstart/build-console.ts";
import { openCollector } from "./quickstart/collector.ts";
import { playJourney } from "./quickstart/journey.ts";
import { openProgress, type Progress } from "./quickstart/progress.ts";
import { stopSignal } from "./stop-signal.ts";

export interface QuickstartFlags {
  readonly keep?: boolean;
  readonly runtime?: string;
}

/** Plays the journey on a throw-away installation on a free port. */
export async function quickstart(flags: QuickstartFlags): Promise<void> {
  const progress = await openProgress(process.stdout);
  const stopped = stopSignal();
  const data = await mkdtemp(join(tmpdir(), "sealift-quickstart-"));
  let interrupted = false;
  try {
    const config = readConfig({ ...flags, data, port: "0", host: "127.0.0.1" }, dockerVariables());
    await using sealift = await startSealift({ ...config, cleanupWait: 0 }, systemSurroundings(silentLog));
    try {
      interrupted = await Promise.race([
        play(sealift, progress, config.docker).then(() => false),
        stopped.then(() => true),
      ]);
      if (interrupted) progress.say("Interrupted; everything is deleted");
      else {
        const hasConsole = await buildMissingConsole(progress, stopped);
        if (flags.keep) await keep(sealift, progress, { data, stopped, hasConsole });
      }
    } finally {
      // Containers outlive a server that stops. This one deletes them, however the journey ended.
      await clearMachine(sealift, config);
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
  // The interrupted journey still waits for its server.
  if (interrupted) process.exit(130);
}

/** The variables that locate the Docker Engine. The quickstart heeds no others. */
function dockerVariables(): NodeJS.ProcessEnv {
  const { DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH } = process.env;
  return { DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH };
}

async function play(sealift: Sealift, progress: Progress, docker: EngineAddress | undefined): Promise<void> {
  const { runtime } = sealift;
  if (!runtime) throw new ConfigError("Cannot play the journey without an agent");
  progress.say(
    runtime.kind === "docker"
      ? `Sealift is ready on ${sealift.endpoint}; tasks run as containers of this machine's Docker Engine`
      : `Sealift is ready on ${sealift.endpoint}; no Docker Engine runs its tasks, but local processes:\n${processWords}`,
  );
  // A desktop's Engine runs in a virtual machine, in which this machine has another name.
  const remoteEngine = runtime.kind === "docker" && process.platform !== "linux";
  await using collector = await openCollector(remoteEngine ? "0.0.0.0" : "127.0.0.1");
  const result = await playJourney({
    endpoint: sealift.endpoint,
    region: sealift.region,
    account: sealift.account,
    credentials: sealift.accessKey,
    isProcess: runtime.kind !== "docker",
    image: runtime.kind === "docker" && docker ? await importImage(docker) : "httpd",
    collector,
    collectorUrl: `http://${remoteEngine ? "host.docker.internal" : "127.0.0.1"}:${collector.port}`,
    values: {
      first: `first-password-${randomIds.hex(4)}`,
      second: `second-password-${randomIds.hex(4)}`,
      token: randomIds.uuid(),
    },
    progress,
  });
  progress.show("What the containers really received", [
    `before the rotation: ${result.first.line}`,
    `after it:            ${result.second.line}`,
    `log driver:          Authorization: ${result.first.authorization}`,
    `identity:            ${result.identity}`,
    `without permission:  nothing; the task was ${result.refused}`,
  ]);
}

const processWords =
  "nothing isolates them, 127.0.0.1 takes the place of 169.254.170.2, and there are neither images nor volumes";

/** Imports an image of a few hundred bytes that prints its environment. It needs no registry. */
async function importImage(address: EngineAddress): Promise<string> {
  const [{ connectDocker }, { importShowEnvironmentImage }] = await Promise.all([
    import("../runtime/docker/engine.ts"),
    import("../runtime/docker/show-environment/show-environment-image.ts"),
  ]);
  return importShowEnvironmentImage(await connectDocker(address));
}

async function keep(
  sealift: Sealift,
  progress: Progress,
  options: { readonly data: string; readonly stopped: Promise<void>; readonly hasConsole: boolean },
): Promise<void> {
  const { data, stopped, hasConsole } = options;
  const link = hasConsole ? await sealift.consoleLink() : undefined;
  if (link !== undefined)
    progress.show("The console, signed in as root: this link is good once, within ten minutes", [link]);
  progress.show("Sealift goes on running; in another terminal", [
    `eval "$(npm run --silent sealift -- env --data ${data})"`,
    "aws ecs describe-services --cluster default --services web",
    "aws ssm get-parameter --name awsExampleParameter --with-decryption",
  ]);
  progress.say(`${sealift.endpoint} until Ctrl-C; then everything is deleted`);
  await stopped;
}
