import type { ContainerDefinition, ContainerOverride } from "@aws-sdk/client-ecs";

/** The API's integers have 32 bits. */
const largest = 2 ** 31 - 1;

/** MiB; Docker gives a container no less. */
const leastMemory = 6;

/**
 * The first number of a container that is out of AWS's bounds, worded as AWS does where that is known. A negative size would
 * add to what its instance has.
 */
export function numberProblem(container: ContainerDefinition): string | undefined {
  const { linuxParameters: linux, restartPolicy, ulimits, startTimeout, stopTimeout } = container;
  const limits = ulimits?.flatMap(({ softLimit, hardLimit }) => [softLimit, hardLimit]) ?? [];
  const sizes = linux?.tmpfs?.map(({ size }) => size) ?? [];
  const bounds: readonly Bounds[] = [
    ["startTimeout", [startTimeout], 0, largest],
    ["stopTimeout", [stopTimeout], 0, largest],
    ["sharedMemorySize", [linux?.sharedMemorySize], 0, largest],
    ["maxSwap", [linux?.maxSwap], 0, largest],
    ["swappiness", [linux?.swappiness], 0, 100],
    ["tmpfs", sizes, 1, largest],
    // -1 is no limit.
    ["ulimits", limits, -1, largest],
    ["restartPolicy", restartPolicy?.enabled ? [restartPolicy.restartAttemptPeriod] : [], 60, 1800],
  ];
  const broken = bounds.find(([, values, least, most]) => values.some((value) => !isWithin(value, least, most)));
  if (broken) return invalidSetting(broken[0], container.name);
  return sizeProblem(container);
}

/** As `numberProblem`, of the sizes that RunTask can give a container too. */
export function sizeProblem({
  name,
  cpu,
  memory,
  memoryReservation,
}: Pick<ContainerOverride, "name" | "cpu" | "memory" | "memoryReservation">): string | undefined {
  if (!isWithin(cpu, 0, largest)) return invalidSetting("cpu", name);
  if (!isWithin(memory, leastMemory, largest)) return tooSmall("memory", name);
  // 0 is the same as none.
  if (memoryReservation !== 0 && !isWithin(memoryReservation, leastMemory, largest)) {
    return tooSmall("memoryReservation", name);
  }
  return undefined;
}

type Bounds = readonly [member: string, values: readonly (number | undefined)[], least: number, most: number];

function isWithin(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most);
}

function invalidSetting(member: string, container: string | undefined): string {
  return `Invalid '${member}' setting for container '${container}'.`;
}

function tooSmall(member: string, container: string | undefined): string {
  return `Invalid setting for container '${container}'. The '${member}' value must be at least ${leastMemory} MiB.`;
}
