import type { PortMapping } from "@aws-sdk/client-ecs";
import {
  type Candidate,
  type ContainerRule,
  each,
  firstOf,
  invalidSetting,
  isBetween,
  type Rule,
  twice,
} from "./rule.ts";

const mostPort = 65535;
const mostRanges = 100;
const portName = /^[a-z0-9_][a-z0-9_-]{0,63}$/;

const modeProblem: ContainerRule = ({ name, portMappings = [] }, { networkMode }) => {
  if (networkMode === "none" && portMappings.length > 0) {
    return "Port mappings are not supported when networkMode=none.";
  }
  for (const { containerPort, containerPortRange, hostPort } of portMappings) {
    if (containerPortRange !== undefined) {
      // A host port of 0 is as none.
      if (containerPort !== undefined || hostPort) {
        return `Invalid setting for container '${name}': cannot specify both single port and port range`;
      }
      if (networkMode === "host") return "Container port ranges are not supported when networkMode=host.";
      continue;
    }
    if (!isBetween(containerPort, 1, mostPort)) return invalidSetting("containerPort", name);
    if (hostPort !== undefined && !isBetween(hostPort, 0, mostPort)) return invalidSetting("hostPort", name);
    if ((networkMode === "awsvpc" || networkMode === "host") && hostPort !== containerPort) {
      return `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`;
    }
  }
  return undefined;
};

const rangeProblem: ContainerRule = ({ name, portMappings = [] }) => {
  const ranges = portMappings.flatMap(({ containerPortRange }) => containerPortRange ?? []);
  if (ranges.length > mostRanges) return `Container '${name}' can have at most ${mostRanges} port ranges.`;
  return ranges.every((range) => rangeOf(range)) ? undefined : invalidSetting("containerPortRange", name);
};

const overlapProblem: ContainerRule = ({ name, portMappings = [] }) => {
  const taken: { readonly protocol: string; readonly first: number; readonly last: number }[] = [];
  for (const mapping of portMappings) {
    const { protocol = "tcp" } = mapping;
    const [first, last] = portsOf(mapping);
    if (taken.some((other) => other.protocol === protocol && first <= other.last && other.first <= last)) {
      const shown = first === last ? first : `${first}-${last}`;
      return `Invalid setting for container '${name}': container port is used multiple times in task: ${shown}/${protocol}`;
    }
    taken.push({ protocol, first, last });
  }
  return undefined;
};

/** Containers share the ports of their machine and, with awsvpc, those of their network. */
function hostPortProblem({ containerDefinitions }: Candidate): string | undefined {
  const ports = containerDefinitions.flatMap(({ portMappings = [] }) =>
    portMappings.flatMap(({ hostPort, protocol = "tcp" }) =>
      hostPort ? [`${protocol.toUpperCase()} host port '${hostPort}'`] : [],
    ),
  );
  const again = twice(ports);
  return again && `${again} is mapped multiple times in task.`;
}

function nameProblem({ containerDefinitions }: Candidate): string | undefined {
  const names = containerDefinitions.flatMap(({ portMappings = [] }) => portMappings.flatMap(({ name }) => name ?? []));
  const malformed = names.find((name) => !portName.test(name));
  if (malformed !== undefined) return `Invalid port mapping name: '${malformed}'`;
  const again = twice(names);
  return again === undefined ? undefined : `Invalid setting: port mapping name is already used: '${again}'`;
}

function rangeOf(range: string): readonly [number, number] | undefined {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(range) ?? [];
  const ports = [Number(first), Number(last)] as const;
  return ports.every((port) => isBetween(port, 1, mostPort)) && ports[0] < ports[1] ? ports : undefined;
}

function portsOf({ containerPort = 0, containerPortRange }: PortMapping): readonly [number, number] {
  return (containerPortRange === undefined ? undefined : rangeOf(containerPortRange)) ?? [containerPort, containerPort];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
export const portRules: Rule = firstOf(each(modeProblem, rangeProblem, overlapProblem), hostPortProblem, nameProblem);
