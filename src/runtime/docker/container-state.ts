import type { ContainerInspectInfo } from "dockerode";
import type { ContainerState, PortBinding } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";
import { namespaceLabel } from "./labels.ts";

/** What the Engine knows of a container, in our words. */
export function containerState(found: ContainerInspectInfo): ContainerState {
  const { State: state } = found;
  const labels = found.Config.Labels ?? {};
  const error = errorOf(state);
  const createdAt = dateOf(found.Created);
  const startedAt = dateOf(state.StartedAt);
  const finishedAt = dateOf(state.FinishedAt);
  const status = statusOf(state.Status);
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ""),
    labels,
    status,
    isNamespace: labels[namespaceLabel] !== undefined,
    ports: portsOf(found.NetworkSettings.Ports),
    ...(status === "stopped" && { exitCode: state.ExitCode }),
    ...(error && { error }),
    ...(createdAt && { createdAt }),
    ...(startedAt && { startedAt }),
    ...(status === "stopped" && finishedAt && { finishedAt }),
  };
}

function statusOf(status: string): ContainerState["status"] {
  if (status === "created") return "created";
  return status === "exited" || status === "dead" || status === "removing" ? "stopped" : "running";
}

function errorOf(state: ContainerInspectInfo["State"]): RuntimeError | undefined {
  if (state.OOMKilled) return new RuntimeError("OutOfMemoryError", "Container killed due to memory usage");
  return state.Error ? new RuntimeError("DockerStateError", state.Error) : undefined;
}

function portsOf(ports: ContainerInspectInfo["NetworkSettings"]["Ports"] | null): PortBinding[] {
  return Object.entries(ports ?? {}).flatMap(([name, bindings]) => {
    const [containerPort, protocol] = name.split("/");
    return (bindings ?? [])
      .filter(({ HostIp }) => !HostIp.includes(":")) // Docker reports every binding again for IPv6
      .map(({ HostIp, HostPort }) => ({
        containerPort: Number(containerPort),
        hostPort: Number(HostPort),
        protocol: protocol === "udp" ? "udp" : "tcp",
        bindIp: HostIp,
      }));
  });
}

/** Docker writes year 1 for "never". */
function dateOf(text: string): Date | undefined {
  return text.startsWith("0001-") ? undefined : new Date(text);
}
