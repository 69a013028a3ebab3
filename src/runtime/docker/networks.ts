import type { Ids } from "../../ids.ts";
import type { NamespaceSpec, Networks } from "../networks.ts";
import type { Subnet } from "../runtime.ts";
import { createContainer } from "./create-container.ts";
import type { Engine } from "./engine.ts";
import { isMissing, named } from "./engine-error.ts";
import { namespaceLabel, runtimeLabel } from "./labels.ts";
import { openNetwork } from "./network.ts";
import { once } from "./once.ts";
import { importPauseImage } from "./pause-image.ts";
import { removeContainer } from "./remove-container.ts";

export interface DockerNetworks extends Networks {
  /** Where awsvpc addresses come from; makes the network if it does not exist. */
  subnet(): Promise<Subnet>;
}

/** Namespaces on a bridge network of the Engine, each held open by a container that does nothing else. */
export function dockerNetworks({ connect, prefix }: Engine, ids: Ids): DockerNetworks {
  let subnet: Subnet | undefined;
  const network = once(async () => {
    const opened = await openNetwork(await connect(), prefix, ids, subnet);
    subnet = opened.subnet;
    return opened;
  });
  const pauseImage = once(async () => importPauseImage(await connect()));

  async function open(namespace: NamespaceSpec): Promise<string> {
    try {
      return await create(namespace);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // `docker system prune` deletes the network and the image while no task uses them.
      network.again();
      pauseImage.again();
      return create(namespace);
    }
  }

  async function create({ taskArn, hostname, address, labels }: NamespaceSpec): Promise<string> {
    const [{ id: NetworkMode }, Image] = await Promise.all([network(), pauseImage()]);
    const docker = await connect();
    const id = await createContainer(docker, `${prefix}-pause-${taskArn.split("/").at(-1)}-${ids.hex(4)}`, {
      Image,
      Hostname: hostname,
      Labels: { ...labels, [runtimeLabel]: prefix, [namespaceLabel]: address },
      HostConfig: { NetworkMode, LogConfig: { Type: "none" } },
      NetworkingConfig: { EndpointsConfig: { [NetworkMode]: { IPAMConfig: { IPv4Address: address } } } },
    });
    const container = docker.getContainer(id);
    try {
      await container.start();
    } catch (error) {
      await removeContainer(container);
      throw error;
    }
    return id;
  }

  return {
    open: (namespace) => named("ContainerNetworkingError", () => open(namespace)),
    subnet: async () => (await network()).subnet,
  };
}
