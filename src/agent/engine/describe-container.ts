import { type AgentContainer, type AgentTask, type ContainerStatus, payloadOf } from "./task.ts";

/** The states of AWS's agent. */
const knownStatuses: Readonly<Record<ContainerStatus, string>> = {
  none: "MANIFEST_PULLED",
  pulling: "MANIFEST_PULLED",
  pulled: "PULLED",
  creating: "PULLED",
  created: "CREATED",
  starting: "CREATED",
  running: "RUNNING",
  stopping: "RUNNING",
  stopped: "STOPPED",
};

/** The container as AWS's agent writes it into its messages, such as `db(postgres:17) (RUNNING->RUNNING)`. */
export function describeContainer(task: AgentTask, { name, attempt }: AgentContainer): string {
  const { status, startedAt, exitCode } = attempt;
  const known = startedAt !== undefined && status !== "stopped" ? "RUNNING" : knownStatuses[status];
  const exit = status === "stopped" && exitCode !== undefined ? ` - Exit: ${exitCode}` : "";
  return `${name}(${payloadOf(task, name).image}) (${known}->${task.desired})${exit}`;
}
