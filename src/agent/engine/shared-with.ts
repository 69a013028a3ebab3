import type { PayloadContainer } from "../../acs/protocol.ts";
import { defined } from "../../defined.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import type { AgentTask } from "./task.ts";

/**
 * The part of a container's `HostConfig` that is about other containers, whose names only the agent knows, and about the machine's
 * namespaces. Pure. Throws a `RuntimeError` in the words of AWS's agent.
 */
export function hostConfigOf(task: AgentTask, payload: PayloadContainer): Readonly<Record<string, unknown>> {
  const { pidMode, ipcMode } = task.payload;
  const { links = [], volumesFrom = [] } = payload;
  return defined({
    Links: links.length > 0 ? links.map((link) => linkTo(task, link)) : undefined,
    VolumesFrom: volumesFrom.length > 0 ? volumesFrom.map((from) => volumesOf(task, from)) : undefined,
    PidMode: pidMode === "host" ? "host" : undefined,
    IpcMode: ipcMode === "host" || ipcMode === "none" ? ipcMode : undefined,
  });
}

function linkTo(task: AgentTask, link: string): string {
  const [target = "", alias = target, ...rest] = link.split(":");
  if (rest.length > 0) throw new RuntimeError("HostConfigError", `Invalid link format: ${link}`);
  return `${nameOf(task, target, "Link")}:${alias}`;
}

function volumesOf(task: AgentTask, from: { readonly sourceContainer: string; readonly readOnly: boolean }): string {
  return `${nameOf(task, from.sourceContainer, "Volume")}${from.readOnly ? ":ro" : ""}`;
}

/** The runtime's name for another container of the task. */
function nameOf({ containers }: AgentTask, name: string, what: string): string {
  const target = containers.find((container) => container.name === name)?.attempt.runtimeName;
  if (target === undefined) throw new RuntimeError("HostConfigError", `${what} target not available: ${name}`);
  return target;
}
