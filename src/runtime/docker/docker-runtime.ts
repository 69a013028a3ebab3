import type Dockerode from "dockerode";
import type { Ids } from "../../ids.ts";
import type { PullBehavior } from "../pull-behavior.ts";
import type { Runtime } from "../runtime.ts";
import { dockerContainers } from "./containers.ts";
import { connectDocker, type Engine, type EngineAddress, giveUpCalls } from "./engine.ts";
import { named } from "./engine-error.ts";
import { watchEvents } from "./events.ts";
import { dockerExec } from "./exec.ts";
import { dockerFileStores, removeLeftStores } from "./file-stores.ts";
import { dockerImages } from "./images.ts";
import { dockerLimits } from "./limits.ts";
import { dockerLinkLocal } from "./link-local/link-local.ts";
import { dockerLogs } from "./logs.ts";
import { describeEngine } from "./machine.ts";
import { dockerNetworks } from "./networks.ts";
import { once } from "./once.ts";
import type { PullPatience } from "./pull.ts";
import { resumeStalledChecks } from "./stalled-checks.ts";
import { dockerStats } from "./stats.ts";
import { dockerVolumes } from "./volumes.ts";

export interface DockerRuntimeOptions {
  readonly ids: Ids;
  /** Where the Engine is, or a client of it, which nobody else uses. */
  readonly engine: EngineAddress | Dockerode;
  /** Names the network and marks what is this runtime's, so that several can share an Engine. */
  readonly prefix?: string;
  /** `prefer-cached` by default: a task whose image is there starts at once, and without a registry. */
  readonly pullBehavior?: PullBehavior;
  /** That of AWS's agent by default. */
  readonly pullPatience?: PullPatience;
}

/**
 * Containers of a Docker Engine. The first call contacts the Engine, and containers outlive this object. Calls that are under way
 * when it is disposed of fail: a stop may take its two minutes, and a pull longer.
 */
export function dockerRuntime(options: DockerRuntimeOptions): Runtime {
  const { ids, prefix = "sealift", pullBehavior = "prefer-cached" } = options;
  let connected: Dockerode | undefined;
  const connect = once(async () => {
    connected = "modem" in options.engine ? options.engine : await connectDocker(options.engine);
    return connected;
  });
  const engine: Engine = { connect, prefix };
  const events = watchEvents(engine, {
    onConnect: (docker, signal) => [removeLeftStores(docker, prefix), resumeStalledChecks(docker, prefix, signal)],
  });
  const networks = dockerNetworks(engine, ids);

  return {
    kind: "docker",
    describe: () =>
      named("CannotDescribeMachineError", async () => describeEngine(await connect(), await networks.subnet())),
    images: dockerImages(engine, pullBehavior, options.pullPatience),
    networks,
    containers: dockerContainers(engine, events),
    events: events.subscribe,
    logs: dockerLogs(engine),
    stats: dockerStats(engine),
    exec: dockerExec(engine),
    volumes: dockerVolumes(engine),
    limits: dockerLimits(engine),
    fileStores: dockerFileStores(engine, ids),
    linkLocal: dockerLinkLocal(engine),
    async [Symbol.asyncDispose]() {
      events.close();
      if (connected) giveUpCalls(connected);
    },
  };
}
