import { isExpression } from "../../instances/attribute-query.ts";
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

/** CPU units. */
const [leastCpu, mostCpu] = [128, 196608] as const;

/** GiB. */
const [leastStorage, mostStorage] = [21, 200] as const;

const mostConstraints = 10;

/** What App Mesh's proxy has to be told, and what it is called. */
const proxyProperties = {
  ProxyIngressPort: "Ingress port",
  ProxyEgressPort: "Egress port",
  AppPorts: "App ports",
} as const;

function cpuProblem({ cpu }: Candidate): string | undefined {
  return cpu === undefined || isTaskCpu(cpu) ? undefined : invalidTaskSize("cpu");
}

/** A task may have so many CPU units. */
export function isTaskCpu(cpu: string): boolean {
  return isBetween(Number(cpu), leastCpu, mostCpu);
}

export function invalidTaskSize(member: "cpu" | "memory"): string {
  return `Invalid '${member}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`;
}

function constraintProblem({ placementConstraints = [] }: Candidate): string | undefined {
  if (placementConstraints.length > mostConstraints) return `Maximum number of constraints is ${mostConstraints}`;
  const invalid = placementConstraints.find(({ expression = "" }) => !isExpression(expression));
  return invalid && `constraint.expression '${invalid.expression ?? ""}' is invalid.`;
}

function storageProblem({ ephemeralStorage }: Candidate): string | undefined {
  const size = ephemeralStorage?.sizeInGiB;
  if (size === undefined) return undefined;
  if (!Number.isInteger(size) || size < leastStorage) return `EphemeralStorage size should be at least ${leastStorage}`;
  return size > mostStorage ? `EphemeralStorage size should be at most ${mostStorage}` : undefined;
}

function platformProblem({ runtimePlatform: platform }: Candidate): string | undefined {
  const isWindows = platform?.operatingSystemFamily?.startsWith("WINDOWS_");
  return isWindows && platform?.cpuArchitecture === "ARM64"
    ? "Windows supported only by X86_64 cpuArchitecture"
    : undefined;
}

function proxyProblem({ proxyConfiguration: proxy, networkMode, containerDefinitions }: Candidate) {
  if (!proxy) return undefined;
  if (networkMode !== "awsvpc") return "APPMESH proxy configuration is only supported in networkMode=awsvpc.";
  if (!containerDefinitions.some(({ name }) => name === proxy.containerName)) {
    return `Proxy container [${proxy.containerName}] does not exist`;
  }
  const given = new Map(proxy.properties?.map(({ name, value }) => [name, value]));
  for (const [property, words] of Object.entries(proxyProperties)) {
    if (!given.get(property)) return `${words} not found`;
  }
  return given.get("IgnoredUID") || given.get("IgnoredGID") ? undefined : "Ignored UID or GID not found";
}

function acceleratorProblem({ inferenceAccelerators }: Candidate): string | undefined {
  // AWS has no Elastic Inference any more.
  return inferenceAccelerators?.length ? "Unsupported field 'inferenceAccelerators'." : undefined;
}

const requirementProblem: ContainerRule = ({ name, resourceRequirements = [] }) => {
  const other = resourceRequirements.find(({ type }) => type !== "GPU");
  if (other) return `Unsupported resource requirement '${other.type}' for container '${name}'.`;
  if (resourceRequirements.some(({ sharingStrategy }) => sharingStrategy)) {
    return `Sharing a GPU is not supported: container '${name}'.`;
  }
  if (twice(resourceRequirements.map(({ type }) => type)) !== undefined) {
    return `${invalidSetting("resourceRequirements", name)} GPU is required more than once.`;
  }
  return resourceRequirements.every(({ value = "" }) => /^[1-9]\d{0,3}$/.test(value))
    ? undefined
    : `${invalidSetting("resourceRequirements", name)} The number of GPUs must be a positive integer.`;
};

const credentialProblem: ContainerRule = ({ name, credentialSpecs = [] }) => {
  if (credentialSpecs.length > 1) return `${invalidSetting("credentialSpecs", name)} The maximum number of ARNs is 1.`;
  const isValid = credentialSpecs.every((spec) => /^credentialspec(?:domainless)?:arn:[^:]+:(?:ssm|s3):/.test(spec));
  return isValid ? undefined : invalidSetting("credentialSpecs", name);
};

/** The members of the task itself, and what its containers need of their machine. */
export const taskRules: Rule = firstOf(
  cpuProblem,
  constraintProblem,
  storageProblem,
  platformProblem,
  proxyProblem,
  acceleratorProblem,
  each(requirementProblem, credentialProblem),
);
