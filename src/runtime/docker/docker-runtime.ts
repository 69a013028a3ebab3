import type Dockerode from "dockerode";
import type { Ids } from "../../ids.ts";
import { checkEnvironment } from "../environment.ts";
import {
  type ContainerSpec,
  type ContainerState,
  type NamespaceSpec,
  type Runtime,
  RuntimeError,
  type Subnet,
} from "../runtime.ts";
import { containerOptions } from "./container-options.ts";
import { containerState } from "./container-state.ts";
import { connectDocker, type EngineAddress } from "./engine.ts";
import { engineMessage, isConflict, isMissing, isUnchanged } from "./engine-error.ts";
import { watchExits } from "./exits.ts";
import { namespaceLabel, runtimeLabel } from "./labels.ts";
import { describeEngine } from "./machine.ts";
import { openNetwork } from "./network.ts";
import { importPauseImage } from "./pause-image.ts";
import { type PullBehavior, pull } from "./pull.ts";

export interface DockerRuntimeOptions extends EngineAddress {
  readonly ids: Ids;
  /** A client that is there already, as `findDocker` resolves to. */
  readonly docker?: Dockerode;
  /** Names the network and marks what is this runtime's, so that several can share an Engine. */
  readonly prefix?: string;
  /** `prefer-cached` unless told: a task starts at once, and without a registry, if its image is there. */
  readonly pullBehavior?: PullBehavior;
}

/** Containers of a Docker Engine. The Engine is first contacted by the first call, and containers outlive this object. */
export function dockerRuntime(options: DockerRuntimeOptions): Runtime {
  const { ids, prefix = "sealift", pullBehavior = "prefer-cached" } = options;
  const connect = once(async () => options.docker ?? connectDocker(options));
  let subnet: Subnet | undefined;
  const openedNetwork = once(async () => {
    const network = await openNetwork(await connect(), prefix, ids, subnet);
    subnet = network.subnet;
    return network;
  });
  const pauseImage = once(async () => importPauseImage(await connect()));
  const exits = watchExits(connect, prefix);

  async function create(name: string, body: object): Promise<string> {
    const docker = await connect();
    // Without `_query` and `_body` the client would put everything, secrets included, into the URL as well.
    const container = await docker.createContainer({
      _query: { name },
      _body: body,
    } as Dockerode.ContainerCreateOptions);
    return container.id;
  }

  async function inspect(id: string): Promise<ContainerState | undefined> {
    const found = await unless(isMissing, (await connect()).getContainer(id).inspect());
    if (found?.Config.Labels?.[runtimeLabel] !== prefix) return undefined;
    const state = containerState(found);
    // Also one of an earlier process, whose end may come before the Engine is heard.
    if (state.status === "running") exits.watch(id);
    return state;
  }

  async function openNamespace(namespace: NamespaceSpec): Promise<string> {
    try {
      return await createNamespace(namespace);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // `docker system prune` takes the network and the image away while no task uses them.
      openedNetwork.again();
      pauseImage.again();
      return createNamespace(namespace);
    }
  }

  async function createNamespace({ taskArn, hostname, address, labels }: NamespaceSpec): Promise<string> {
    const [{ id: network }, Image] = await Promise.all([openedNetwork(), pauseImage()]);
    const id = await create(`${prefix}-pause-${taskArn.split("/").at(-1)}-${ids.hex(4)}`, {
      Image,
      Hostname: hostname,
      Labels: { ...labels, [runtimeLabel]: prefix, [namespaceLabel]: address },
      HostConfig: { NetworkMode: network, LogConfig: { Type: "none" } },
      NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: address } } } },
    });
    try {
      await (await connect()).getContainer(id).start();
    } catch (error) {
      await remove(id);
      throw error;
    }
    return id;
  }

  async function remove(id: string): Promise<void> {
    const container = (await connect()).getContainer(id);
    exits.forget(id);
    try {
      await container.remove({ force: true, v: true });
    } catch (error) {
      if (isMissing(error)) return;
      if (!isConflict(error)) throw new RuntimeError("CannotRemoveContainerError", engineMessage(error));
      await unless(isMissing, container.wait({ condition: "removed" })); // its removal has begun already
    }
  }

  return {
    kind: "docker",
    describe: async () => describeEngine(await connect(), (await openedNetwork()).subnet),
    pull: async (image, credentials) => pull(await connect(), image, pullBehavior, credentials),
    openNamespace: (namespace) => named("ContainerNetworkingError", openNamespace(namespace)),
    async create(spec: ContainerSpec) {
      checkEnvironment(spec.environment);
      return named("CannotCreateContainerError", create(spec.name, containerOptions(spec, prefix)));
    },
    async start(id) {
      exits.watch(id);
      try {
        await unless(isUnchanged, (await connect()).getContainer(id).start());
      } catch (error) {
        exits.forget(id);
        throw new RuntimeError("CannotStartContainerError", engineMessage(error));
      }
    },
    async stop(id, timeoutSeconds) {
      const stopped = (await connect()).getContainer(id).stop({ t: timeoutSeconds });
      const isDone = (error: unknown) => isMissing(error) || isUnchanged(error);
      await named("CannotStopContainerError", unless(isDone, stopped));
    },
    remove,
    async list() {
      const docker = await connect();
      const found = await docker.listContainers({ all: true, filters: { label: [`${runtimeLabel}=${prefix}`] } });
      const states = await Promise.all(found.map(({ Id }) => inspect(Id)));
      return states.filter((state) => state !== undefined);
    },
    inspect,
    onExit: exits.onExit,
    async [Symbol.asyncDispose]() {
      exits.close();
    },
  };
}

async function named<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof RuntimeError ? error : new RuntimeError(name, engineMessage(error));
  }
}

async function unless<T>(isExpected: (error: unknown) => boolean, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}

/** Does `work` when it is first asked for; later again if it failed, or if told. */
function once<T>(work: () => Promise<T>): { (): Promise<T>; again(): void } {
  let result: Promise<T> | undefined;
  function again(): void {
    result = undefined;
  }
  function ask(): Promise<T> {
    result ??= work().catch((error: unknown) => {
      again();
      throw error;
    });
    return result;
  }
  return Object.assign(ask, { again });
}
