/** The subnet that an instance registered for awsvpc tasks. */
export interface InstanceSubnet {
  readonly cidr: string;
  readonly gateway: string;
}

/** Addresses at the start of a large subnet are left to whatever else gives out addresses there. */
const leftToOthers = 128;

/** Addresses that are looked at together, at first and at most. */
const [firstBatch, largestBatch] = [16, 1024];

/**
 * An IPv4 address of the subnet that is not in use, nor its network, broadcast or gateway address. A /32 is one address for
 * all tasks. `start` (0 to below 1) says where to begin; `inUse` tells those of a batch that are in use. `undefined` if all
 * are taken or the CIDR is malformed.
 */
export async function pickAddress(
  subnet: InstanceSubnet,
  start: number,
  inUse: (addresses: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<string | undefined> {
  const [, base, length] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(subnet.cidr) ?? [];
  const bits = Number(length);
  if (base === undefined || bits > 32) return undefined;
  if (bits === 32) return base;
  const size = 2 ** (32 - bits);
  const network = Math.floor(toNumber(base) / size) * size;
  const first = bits <= 24 ? leftToOthers : 1;
  const count = size - 1 - first;
  const at = (step: number) => toText(network + first + ((Math.floor(start * count) + step) % count));
  for (let step = 0, batch = firstBatch; step < count; step += batch, batch = Math.min(batch * 2, largestBatch)) {
    const addresses = Array.from({ length: Math.min(batch, count - step) }, (_, index) => at(step + index));
    const used = await inUse(addresses);
    const free = addresses.find((address) => address !== subnet.gateway && !used.has(address));
    if (free !== undefined) return free;
  }
  return undefined;
}

/** The locally administered MAC address of an IPv4 address, as Docker makes them. */
export function macAddress(address: string): string {
  return ["02", "42", ...address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"))].join(":");
}

/** `ip-10-0-0-1.ec2.internal`; regions other than us-east-1 are part of it. */
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
