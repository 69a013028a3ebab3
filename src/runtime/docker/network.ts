import type Dockerode from "dockerode";
import type { Ids } from "../../ids.ts";
import type { Subnet } from "../runtime.ts";
import { isMissing } from "./engine-error.ts";
import { networkLabel } from "./labels.ts";

interface SubnetConfig {
  readonly Subnet: string;
  readonly Gateway: string;
}

/** The subnet of the bridge network `name`, which is made if it is not there. */
export async function openNetwork(docker: Dockerode, name: string, ids: Ids, attempts = 3): Promise<Subnet> {
  const found = await subnetOf(docker, name);
  if (found) return found;
  try {
    await createNetwork(docker, name, await freeSubnet(docker, `${name}-${ids.hex(4)}`));
  } catch (error) {
    // Somebody else may have made the network in the meantime, or taken the subnet.
    if (attempts <= 1) throw error;
  }
  return openNetwork(docker, name, ids, attempts - 1);
}

async function createNetwork(docker: Dockerode, name: string, subnet: SubnetConfig): Promise<void> {
  await docker.createNetwork({
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

async function subnetOf(docker: Dockerode, name: string): Promise<Subnet | undefined> {
  try {
    const { IPAM } = await docker.getNetwork(name).inspect();
    const { Subnet: cidr, Gateway: gateway } = subnetConfig(IPAM?.Config);
    return { cidr, gateway };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The IPv4 part of a network's address plan. */
function subnetConfig(configs: readonly { Subnet?: string | undefined; Gateway?: string | undefined }[] | undefined): SubnetConfig {
  const config = configs?.find(({ Subnet }) => Subnet?.includes("."));
  if (!config?.Subnet || !config.Gateway) throw new Error("Docker's network has no IPv4 subnet with a gateway");
  return { Subnet: config.Subnet, Gateway: config.Gateway.replace(/\/.*/, "") };
}
