import type { ContainerOverride } from "@aws-sdk/client-ecs";

/** The API's integers have 32 bits. */
const largest = 2 ** 31 - 1;

/** MiB; Docker gives a container no less. */
const leastMemory = 6;

/**
 * The first size of a container that is out of AWS's bounds, also of one that RunTask gives. A negative size would add to what
 * its instance has.
 */
export function sizeProblem({
  name,
  cpu,
  memory,
  memoryReservation,
}: Pick<ContainerOverride, "name" | "cpu" | "memory" | "memoryReservation">): string | undefined {
  if (!isWithin(cpu, 0)) return `Invalid 'cpu' setting for container '${name}'.`;
  if (!isWithin(memory, leastMemory)) return tooSmall("memory", name);
  // 0 is the same as none.
  return memoryReservation === 0 || isWithin(memoryReservation, leastMemory)
    ? undefined
    : tooSmall("memoryReservation", name);
}

function isWithin(value: number | undefined, least: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= largest);
}

function tooSmall(member: string, container: string | undefined): string {
  return `Invalid setting for container '${container}'. The '${member}' value must be at least ${leastMemory} MiB.`;
}
