import type Dockerode from "dockerode";
import type { Ids } from "../../ids.ts";
import type { Runtime } from "../runtime.ts";
import { dockerContainers } from "./containers.ts";
import { connectDocker, type Engine, type EngineAddress } from "./engine.ts";
import { named } from "./engine-error.ts";
import { watchEvents } from "./events.ts";
import { describeEngine } from "./machine.ts";
import { dockerNetworks } from "./networks.ts";
import { once } from "./once.ts";
import { type PullBehavior, pull } from "./pull.ts";

export interface DockerRuntimeOptions extends EngineAddress {
  readonly ids: Ids;
  /** A client that exists already, as `findDocker` resolves to. */
  readonly docker?: Dockerode;
  /** Names the network and marks what is this runtime's, so that several can share an Engine. */
  readonly prefix?: string;
  /** `prefer-cached` by default: a task whose image is there starts at once, and without a registry. */
  readonly pullBehavior?: PullBehavior;
}

/** Containers of a Docker Engine. The first call contacts the Engine, and containers outlive this object. */
export function dockerRuntime(options: DockerRuntimeOptions): Runtime {
  const { ids, prefix = "sealift", pullBehavior = "prefer-cached" } = options;
  const connect = once(async () => options.docker ?? connectDocker(options));
  const engine: Engine = { connect, prefix };
  const events = watchEvents(engine);
  const networks = dockerNetworks(engine, ids);

  return {
    kind: "docker",
    describe: () =>
      named("CannotDescribeMachineError", async () => describeEngine(await connect(), await networks.subnet())),
    images: {
      pull: (image, credentials) =>
        named("CannotPullContainerError", async () => pull(await connect(), image, pullBehavior, credentials)),
    },
    networks,
    containers: dockerContainers(engine, events),
    events: events.subscribe,
    async [Symbol.asyncDispose]() {
      events.close();
    },
  };
}
