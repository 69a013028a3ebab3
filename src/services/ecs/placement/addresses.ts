/** An instance's subnet for awsvpc tasks, as it registered it. */
export interface InstanceSubnet {
  readonly cidr: string;
  readonly gateway: string;
}

/** Addresses at the start of a large subnet that are left to whatever else gives them out there. */
const leftToOthers = 128;

/**
 * An IPv4 address of the subnet that is not in `used`, nor its network, broadcast or gateway address. A /32 is one address
 * for all. `start` (0 to below 1) says where to begin. `undefined` if all are taken or the CIDR is none.
 */
export function pickAddress(subnet: InstanceSubnet, used: ReadonlySet<string>, start: number): string | undefined {
  const [, base, length] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(subnet.cidr) ?? [];
  const bits = Number(length);
  if (base === undefined || bits > 32) return undefined;
  if (bits === 32) return base;
  const size = 2 ** (32 - bits);
  const network = Math.floor(toNumber(base) / size) * size;
  const first = bits <= 24 ? leftToOthers : 1;
  const count = size - 1 - first;
  for (let step = 0; step < count; step++) {
    const offset = first + ((Math.floor(start * count) + step) % count);
    const address = toText(network + offset);
    if (address !== subnet.gateway && !used.has(address)) return address;
  }
  return undefined;
}

/** A locally administered MAC address that goes with the IPv4 address, as Docker makes them. */
export function macAddress(address: string): string {
  return ["02", "42", ...address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"))].join(":");
}

/** `ip-10-0-0-1.ec2.internal`; other regions than us-east-1 have their name in it. */
export function privateDnsName(address: string, region: string): string {
  const domain = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${address.replaceAll(".", "-")}.${domain}`;
}

function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
