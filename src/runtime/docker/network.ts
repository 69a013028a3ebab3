import type Dockerode from "dockerode";
import type { Ids } from "../../ids.ts";
import type { Subnet } from "../runtime.ts";
import { networkLabel } from "./labels.ts";

export interface Network {
  readonly id: string;
  readonly subnet: Subnet;
}

interface SubnetConfig {
  readonly Subnet: string;
  readonly Gateway: string;
}

/** The bridge network `name`, which is made if it is not there; with `subnet`, if that is free or still the network's. */
export async function openNetwork(
  docker: Dockerode,
  name: string,
  ids: Ids,
  subnet?: Subnet,
  attempts = 3,
): Promise<Network> {
  const found = await findNetwork(docker, name);
  if (found) return found;
  try {
    const config = subnet
      ? { Subnet: subnet.cidr, Gateway: subnet.gateway }
      : await freeSubnet(docker, `${name}-${ids.hex(4)}`);
    const made = await createNetwork(docker, name, config);
    // Old Engines let two networks have one name. Whoever comes second gives way.
    const first = await findNetwork(docker, name);
    if (first?.id !== made.id) await made.remove();
    if (first) return first;
  } catch (error) {
    // Somebody else may have made the network in the meantime, or taken the subnet.
    if (attempts <= 1) throw error;
  }
  return openNetwork(docker, name, ids, undefined, attempts - 1);
}

function createNetwork(docker: Dockerode, name: string, subnet: SubnetConfig): Promise<Dockerode.Network> {
  return docker.createNetwork({
    Name: name,
    Driver: "bridge",
    CheckDuplicate: true,
    Labels: { [networkLabel]: name },
    IPAM: { Config: [{ ...subnet }] },
  });
}

/** Docker gives out addresses we name only on networks whose subnet we named too, so let it choose one for a trial network. */
async function freeSubnet(docker: Dockerode, trialName: string): Promise<SubnetConfig> {
  const trial = await docker.createNetwork({ Name: trialName, Driver: "bridge" });
  const { IPAM } = await trial.inspect().finally(() => trial.remove());
  return subnetConfig(IPAM?.Config);
}

/** The first that was made, should there be several. */
async function findNetwork(docker: Dockerode, name: string): Promise<Network | undefined> {
  const networks = await docker.listNetworks({ filters: { label: [`${networkLabel}=${name}`] } });
  const [first] = networks.sort((one, other) => (one.Created < other.Created ? -1 : 1));
  if (!first) return undefined;
  const { Subnet: cidr, Gateway: gateway } = subnetConfig(first.IPAM?.Config);
  return { id: first.Id, subnet: { cidr, gateway } };
}

/** The IPv4 part of a network's address plan. */
function subnetConfig(
  configs: readonly { Subnet?: string | undefined; Gateway?: string | undefined }[] | undefined,
): SubnetConfig {
  const config = configs?.find(({ Subnet }) => Subnet?.includes("."));
  if (!config?.Subnet || !config.Gateway) throw new Error("Docker's network has no IPv4 subnet with a gateway");
  return { Subnet: config.Subnet, Gateway: config.Gateway.replace(/\/.*/, "") };
}
