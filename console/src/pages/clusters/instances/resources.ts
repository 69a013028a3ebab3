import type { ContainerInstance } from "../types.ts";

export interface InstanceResource {
  readonly name: string;
  readonly registered: string;
  readonly remaining: string;
  /** What is named is in use, as the ports of a machine are; otherwise there is so much of it. */
  readonly isInUse: boolean;
}

/** CPU units, MiB, ports and GPUs of a machine: all of them, and those that no task has. Ports are those that are in use. */
export function resourcesOf(instance: ContainerInstance): readonly InstanceResource[] {
  return (instance.registeredResources ?? []).map((resource) => {
    const rest = instance.remainingResources?.find(({ name }) => name === resource.name);
    const { name = "" } = resource;
    return { name, registered: amount(resource), remaining: amount(rest), isInUse: name.startsWith("PORTS") };
  });
}

/** CPU units or MiB; undefined where the machine does not tell. */
export function integerOf(resources: ContainerInstance["registeredResources"], wanted: string): number | undefined {
  return resources?.find(({ name }) => name === wanted)?.integerValue;
}

function amount(resource: NonNullable<ContainerInstance["registeredResources"]>[number] | undefined): string {
  if (!resource) return "-";
  if (resource.type === "STRINGSET") return (resource.stringSetValue ?? []).join(", ") || "-";
  return String(resource.integerValue ?? resource.longValue ?? resource.doubleValue ?? 0);
}
