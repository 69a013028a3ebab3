import type { PayloadContainer, PayloadTask } from "../../acs/protocol.ts";
import { describeContainer } from "./describe-container.ts";
import { type AgentContainer, type AgentTask, containerOf, payloadOf } from "./task.ts";

/** `hopeless` says, in the words of AWS's agent, why a container can never start because of those that it depends on. */
export type Dependency = "met" | "waiting" | { readonly hopeless: string };

interface Order {
  readonly containerName: string;
  readonly condition: string;
}

/** All that the container waits for: links and volumes of other containers order them, too. */
export function ordersOf({ dependsOn = [], links = [], volumesFrom = [] }: PayloadContainer): readonly Order[] {
  return [
    ...dependsOn,
    ...links.map((link) => ({ containerName: link.split(":")[0] ?? "", condition: "START" })),
    ...volumesFrom.map(({ sourceContainer }) => ({ containerName: sourceContainer, condition: "CREATE" })),
  ];
}

const conditions = ["CREATE", "START", "COMPLETE", "SUCCESS", "HEALTHY"];

/**
 * The reason of a task whose containers wait for each other, for ones that it does not have, or for what never can be;
 * `undefined` where there is an order in which all of them can start.
 */
export function unresolvable({ arn, containers }: PayloadTask): string | undefined {
  const resolved = new Set<string>();
  const canStart = (container: PayloadContainer) =>
    ordersOf(container).every(({ containerName, condition }) => {
      const on = containers.find(({ name }) => name === containerName);
      const isPossible = condition !== "HEALTHY" || on?.healthCheckType === "docker";
      return resolved.has(containerName) && conditions.includes(condition) && isPossible;
    });
  for (;;) {
    const next = containers.find((container) => !resolved.has(container.name) && canStart(container));
    if (!next) break;
    resolved.add(next.name);
  }
  return resolved.size < containers.length ? `Task dependencies cannot be resolved, taskArn: ${arn}` : undefined;
}

export function dependencyOf(task: AgentTask, container: PayloadContainer, now: number): Dependency {
  const found = ordersOf(container).map((order) => meet(task, container, order, now));
  const hopeless = found.find((one) => typeof one === "object");
  return hopeless ?? (found.every((one) => one === "met") ? "met" : "waiting");
}

function meet(
  task: AgentTask,
  { name }: PayloadContainer,
  { containerName, condition }: Order,
  now: number,
): Dependency {
  const on = containerOf(task, containerName);
  const { status, startedAt, exitCode, health } = on.attempt;
  const hasEnded = status === "stopped";
  const describe = (which: AgentContainer) => describeContainer(task, which);
  const ordering = `container ordering dependency [${describe(on)}] for target [${describe(containerOf(task, name))}]`;
  const never = (why: string) => ({ hopeless: `dependency graph: failed to resolve ${ordering} ${why}` });
  if (condition === "SUCCESS" && hasEnded && exitCode !== undefined && exitCode !== 0) {
    return never("as dependency did not exit successfully.");
  }
  if (hasEnded && startedAt === undefined) return never("because dependency will never start");
  switch (condition) {
    case "CREATE":
      return hasEnded || isCreated(on) ? "met" : "waiting";
    case "START":
      return hasEnded || startedAt !== undefined ? "met" : "waiting";
    case "HEALTHY":
      if (health?.status === "HEALTHY") return "met";
      // AWS's agent would wait for ever.
      if (hasEnded) return never("because dependency stopped before it was healthy");
      break;
    default:
      if (!hasEnded) break;
      return exitCode === undefined ? never("as dependency did not exit successfully.") : "met";
  }
  const until = startDeadline(task, on);
  const isLate = until !== undefined && until <= now;
  return isLate ? { hopeless: `dependency graph: ${ordering} has timed out.` } : "waiting";
}

function isCreated({ attempt: { status } }: AgentContainer): boolean {
  return status !== "none" && status !== "pulling" && status !== "pulled" && status !== "creating";
}

/** Until when, in milliseconds since 1970, others wait for the end or the health of a container that has started. */
export function startDeadline(task: AgentTask, { name, attempt }: AgentContainer): number | undefined {
  const { startTimeout = 0 } = payloadOf(task, name);
  return attempt.startedAt === undefined || startTimeout <= 0 ? undefined : attempt.startedAt + startTimeout * 1000;
}
