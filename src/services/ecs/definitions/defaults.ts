import type { ContainerDefinition, KeyValuePair, LinuxParameters, PortMapping, Volume } from "@aws-sdk/client-ecs";
import type { Container } from "./definition.ts";

/** A container as AWS stores and shows it. */
export function storedContainer(container: ContainerDefinition, networkMode: string | undefined): Container {
  return {
    ...container,
    name: container.name ?? "",
    image: container.image ?? "",
    cpu: container.cpu ?? 0,
    essential: container.essential ?? true,
    portMappings: (container.portMappings ?? []).map((mapping) => storedPort(mapping, networkMode)),
    environment: storedEnvironment(container.environment ?? []),
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    ...(container.linuxParameters && { linuxParameters: storedLinux(container.linuxParameters) }),
    ...(container.healthCheck && { healthCheck: { interval: 30, timeout: 5, retries: 3, ...container.healthCheck } }),
  };
}

/** A volume as AWS stores and shows it. */
export function storedVolume(volume: Volume): Volume {
  const { dockerVolumeConfiguration: docker, efsVolumeConfiguration: efs } = volume;
  return {
    ...volume,
    ...(docker && { dockerVolumeConfiguration: { scope: "task", ...docker } }),
    ...(efs && { efsVolumeConfiguration: { rootDirectory: "/", ...efs } }),
  };
}

function storedPort(mapping: PortMapping, networkMode: string | undefined): PortMapping {
  const { containerPort, containerPortRange, hostPort, protocol = "tcp" } = mapping;
  if (containerPortRange !== undefined) return { ...mapping, protocol };
  const isFixed = networkMode === "awsvpc" || networkMode === "host";
  return { ...mapping, hostPort: hostPort || (isFixed ? containerPort : 0), protocol };
}

/** A variable without a value is dropped, one with an empty value stays. Of several with one name the last stays. */
function storedEnvironment(pairs: readonly KeyValuePair[]): KeyValuePair[] {
  const kept = pairs.filter(({ name, value }) => !name || value !== undefined);
  return [...new Map(kept.map((pair) => [pair.name, pair])).values()];
}

function storedLinux(linux: LinuxParameters): LinuxParameters {
  const { capabilities } = linux;
  if (!capabilities) return linux;
  return { ...linux, capabilities: { add: capabilities.add ?? [], drop: capabilities.drop ?? [] } };
}
