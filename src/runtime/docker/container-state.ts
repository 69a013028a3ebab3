import type { ContainerInspectInfo } from "dockerode";
import { defined } from "../../defined.ts";
import type { ContainerState, PortBinding } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";
import { healthOf } from "./health.ts";
import { fileStoreLabel, namespaceLabel } from "./labels.ts";

/** A container as the Engine's `inspect` shows it, in the port's terms. */
export function containerState(found: ContainerInspectInfo): ContainerState {
  const { State: state } = found;
  const labels = found.Config.Labels ?? {};
  const status = statusOf(state.Status);
  const hasEnded = status === "stopped";
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ""),
    labels,
    status,
    isNamespace: labels[namespaceLabel] !== undefined || labels[fileStoreLabel] !== undefined,
    ports: portsOf(found.NetworkSettings.Ports),
    imageId: found.Image,
    networks: Object.entries(found.NetworkSettings.Networks ?? {}).map(([name, { IPAddress: address }]) => ({
      ...{ name, address },
    })),
    mounts: (found.Mounts ?? []).map(({ Name: name, Source: source, Destination: destination }) => ({
      ...{ source, destination },
      ...defined({ name }),
    })),
    ...defined({
      exitCode: hasEnded ? state.ExitCode : undefined,
      error: errorOf(state),
      createdAt: dateOf(found.Created),
      startedAt: dateOf(state.StartedAt),
      finishedAt: hasEnded ? dateOf(state.FinishedAt) : undefined,
      health: healthOf(state),
    }),
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
