import type { Ids } from "../../../ids.ts";
import type { Instance } from "../instances/instance.ts";
import type { Records } from "../store.ts";
import { type InstanceSubnet, pickAddress } from "./addresses.ts";

/** The address of a new awsvpc task. */
export interface TaskAddress {
  readonly address: string;
  readonly gateway: string;
}

/** A free address of the instance's subnet; `undefined` if it has none left, or the instance has no subnet. */
export async function findAddress(
  { interfaces }: Pick<Records, "interfaces">,
  instance: Instance,
  ids: Ids,
): Promise<TaskAddress | undefined> {
  const subnet = subnetOf(instance);
  if (!subnet) return undefined;
  const start = Number.parseInt(ids.hex(4), 16) / 2 ** 32;
  const address = await pickAddress(subnet, start, (addresses) => interfaces.inUse(instance.arn, addresses));
  return address === undefined ? undefined : { address, gateway: subnet.gateway };
}

function subnetOf(instance: Instance): InstanceSubnet | undefined {
  const value = (wanted: string) => instance.attributes.find(({ name }) => name === wanted)?.value;
  const cidr = value("sealift.subnet");
  return cidr === undefined ? undefined : { cidr, gateway: value("sealift.subnet-gateway") ?? "" };
}
