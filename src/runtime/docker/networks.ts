import type { Ids } from "../../ids.ts";
import type { NamespaceSpec, Networks } from "../networks.ts";
import { singlePorts } from "../ports.ts";
import type { Subnet } from "../runtime.ts";
import { exposedPorts, portBindings } from "./container-options.ts";
import { createContainer } from "./create-container.ts";
import type { Engine } from "./engine.ts";
import { isUnchanged, named, unless } from "./engine-error.ts";
import { namespaceLabel, runtimeLabel } from "./labels.ts";
import { openNetwork } from "./network.ts";
import { once } from "./once.ts";
import { importPauseImage } from "./pause-image.ts";
import { evenIfPruned } from "./pruned.ts";
import { removeContainer } from "./remove-container.ts";

export interface DockerNetworks extends Networks {
  /** Where awsvpc addresses come from; makes the network if it does not exist. */
  subnet(): Promise<Subnet>;
}

/** Namespaces on a bridge network of the Engine, each held open by a container that does nothing else. */
export function dockerNetworks({ connect, prefix }: Engine, ids: Ids): DockerNetworks {
  let subnet: Subnet | undefined;
  const subnetwork = once(async () => {
    const opened = await openNetwork(await connect(), prefix, ids, subnet);
    subnet = opened.subnet;
    return opened;
  });
  const pauseImage = once(async () => importPauseImage(await connect()));

  /** Only who starts it learns that the machine has none of its ports free: then it is made anew, with others in their place. */
  async function publish(namespace: NamespaceSpec): Promise<string> {
    const taken = new Set<number>();
    for (;;) {
      try {
        const id = await create(namespace, taken);
        if (namespace.publish) await start(id);
        return id;
      } catch (error) {
        const port = takenPort(error);
        if (port === undefined || taken.has(port)) throw error;
        taken.add(port);
      }
    }
  }

  async function start(id: string): Promise<void> {
    const container = (await connect()).getContainer(id);
    try {
      await container.start();
    } catch (error) {
      await removeContainer(container);
      throw error;
    }
  }

  async function create(namespace: NamespaceSpec, taken: ReadonlySet<number>): Promise<string> {
    const { taskArn, hostname, address, sharedMemory, labels } = namespace;
    const ports = singlePorts(namespace.publish ?? []).map((port) => ({
      ...port,
      hostPort: taken.has(port.containerPort) ? 0 : port.containerPort,
    }));
    const [{ id: network }, Image] = await Promise.all([
      address === undefined ? { id: "none" } : subnetwork(),
      pauseImage(),
    ]);
    const docker = await connect();
    const creating = createContainer(docker, `${prefix}-pause-${taskArn.split("/").at(-1)}-${ids.hex(4)}`, {
      Image,
      Hostname: hostname,
      ExposedPorts: exposedPorts(ports),
      Labels: { ...labels, [runtimeLabel]: prefix, [namespaceLabel]: address ?? "none" },
      HostConfig: {
        NetworkMode: network,
        LogConfig: { Type: "none" },
        PortBindings: portBindings(ports),
        ...(sharedMemory !== undefined && { IpcMode: "shareable", ShmSize: sharedMemory }),
      },
      ...(address !== undefined && {
        NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: address } } } },
      }),
    });
    // The Engine would miss the network no sooner than at the start.
    const [created, found] = await Promise.allSettled([creating, docker.getNetwork(network).inspect()]);
    if (created.status === "rejected") throw created.reason;
    if (found.status === "fulfilled") return created.value;
    await removeContainer(docker.getContainer(created.value));
    throw found.reason;
  }

  async function open(id: string): Promise<void> {
    await unless(isUnchanged, (await connect()).getContainer(id).start());
  }

  return {
    create: (namespace) =>
      named("ContainerNetworkingError", () => evenIfPruned([subnetwork, pauseImage], () => publish(namespace))),
    open: (id) => named("ContainerNetworkingError", () => open(id)),
    subnet: async () => (await subnetwork()).subnet,
  };
}

/** The machine's port that a container could not have. */
function takenPort(error: unknown): number | undefined {
  const text = error instanceof Error ? error.message : "";
  const found = /:(\d+)(?: failed)?: (?:port is already allocated|bind: address already in use)/.exec(text);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
