import type { AgentTask } from "./task.ts";

/** The ids of the GPUs that the container has to itself. */
export function gpusOf({ payload: { associations = [] } }: AgentTask, container: string): readonly string[] {
  return associations
    .filter(({ type, containers }) => type === "gpu" && containers.includes(container))
    .map(({ name }) => name);
}

/** What AWS's agent sets, which NVIDIA's runtime and images look at. */
export function gpuVariables(ids: readonly string[]): Readonly<Record<string, string>> {
  return ids.length > 0 ? { NVIDIA_VISIBLE_DEVICES: ids.join(",") } : {};
}

/** The Engine's request for these devices, of which no container sees others. */
export function gpuRequests(ids: readonly string[]): Readonly<Record<string, unknown>> {
  if (ids.length === 0) return {};
  return { DeviceRequests: [{ Driver: "nvidia", DeviceIDs: ids, Capabilities: [["gpu", "utility", "compute"]] }] };
}
