import { type Candidate, firstOf, type Rule } from "./rule.ts";

const unsupported = (member: string) => `External instances do not support ${member}.`;

function modeProblem({ networkMode, proxyConfiguration }: Candidate): string | undefined {
  if (networkMode === "awsvpc") return unsupported("networkMode=awsvpc");
  return proxyConfiguration ? unsupported("proxyConfiguration") : undefined;
}

function volumeProblem({ volumes = [] }: Candidate): string | undefined {
  const kinds = [
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
  ] as const;
  const kind = kinds.find((member) => volumes.some((volume) => volume[member]));
  if (kind !== undefined) return unsupported(kind);
  return volumes.some(({ configuredAtLaunch }) => configuredAtLaunch) ? unsupported("configuredAtLaunch") : undefined;
}

function portProblem({ containerDefinitions }: Candidate): string | undefined {
  const ports = containerDefinitions.flatMap(({ portMappings = [] }) => portMappings);
  return ports.some(({ name, appProtocol }) => name !== undefined || appProtocol !== undefined)
    ? unsupported("names of port mappings")
    : undefined;
}

/**
 * What a definition has to keep to run on machines that are not EC2's.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html
 */
export const externalRules: Rule = firstOf(modeProblem, volumeProblem, portProblem);
