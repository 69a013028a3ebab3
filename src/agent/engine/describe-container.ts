import { awsAgentStatuses } from "./status.ts";
import { type AgentContainer, type AgentTask, payloadOf } from "./task.ts";

/** The container as AWS's agent writes it into its messages, such as `db(postgres:17) (RUNNING->RUNNING)`. */
export function describeContainer(task: AgentTask, { name, attempt }: AgentContainer): string {
  const { status, startedAt, exitCode } = attempt;
  const known = startedAt !== undefined && status !== "stopped" ? "RUNNING" : awsAgentStatuses[status];
  const exit = status === "stopped" && exitCode !== undefined ? ` - Exit: ${exitCode}` : "";
  return `${name}(${payloadOf(task, name).image}) (${known}->${task.desired})${exit}`;
}
