import { defined } from "../../../defined.ts";
import type { ContainerState } from "../../../runtime/containers.ts";
import type { Subnet } from "../../../runtime/runtime.ts";
import type { AgentTask } from "../../engine/task.ts";

/** Versions 2 and 3 of the endpoint have the same shapes. */
export type Version = 3 | 4;

/** The networks of a container; those of an awsvpc task are the task's. `undefined` where nothing is known of them yet. */
export function networksOf(
  { payload }: AgentTask,
  state: ContainerState | undefined,
  subnet: Subnet,
  version: Version,
): readonly object[] | undefined {
  const [eni] = payload.elasticNetworkInterfaces ?? [];
  if (payload.networkMode !== "awsvpc" || !eni) {
    const networks = state?.networks?.map(({ name, address }) => ({ NetworkMode: name, IPv4Addresses: [address] }));
    return networks?.length ? networks : undefined;
  }
  const network = {
    NetworkMode: "awsvpc",
    IPv4Addresses: eni.ipv4Addresses.map(({ privateAddress }) => privateAddress),
  };
  if (version === 3) return [network];
  const length = subnet.cidr.replace(/^.*\//, "");
  const gateway = eni.subnetGatewayIpv4Address;
  return [
    {
      ...network,
      ...defined({
        AttachmentIndex: 0,
        MACAddress: eni.macAddress || undefined,
        IPv4SubnetCIDRBlock: subnet.cidr,
        PrivateDNSName: eni.privateDnsName || undefined,
        SubnetGatewayIpv4Address: gateway.includes("/") ? gateway : `${gateway}/${length}`,
      }),
    },
  ];
}
