import { isEcrImage } from "../required-attributes.ts";
import { type Candidate, type ContainerRule, each, firstOf, type Rule } from "./rule.ts";

/** Memory (MiB) that goes with each number of CPU units: lowest, highest, step. */
const sizes: Readonly<Record<string, readonly [number, number, number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

const leastWindowsCpu = 1024;
const mostTimeout = 120;
const logDrivers = ["awslogs", "splunk", "awsfirelens"];
const prefix = "awslogs-stream-prefix";
const capability = "SYS_PTRACE";

const unsupported = (member: string) => `Fargate compatible task definitions do not support ${member}`;

function sizeProblem(definition: Candidate): string | undefined {
  const { cpu, memory, networkMode } = definition;
  if (networkMode !== "awsvpc") return "Fargate only supports network mode ‘awsvpc’.";
  if (cpu === undefined) return "Fargate requires that 'cpu' be defined at the task level.";
  if (memory === undefined) return "Fargate requires that 'memory' be defined at the task level.";
  const isTooSmall = isWindows(definition) && Number(cpu) < leastWindowsCpu;
  return isTooSmall ? noSuchSize(cpu, memory) : fargateSizeProblem(cpu, memory);
}

/** Why no Fargate task has so many CPU units and MiB; `undefined` if one can. */
export function fargateSizeProblem(cpu: string, memory: string): string | undefined {
  return isFargateSize(cpu, memory) ? undefined : noSuchSize(cpu, memory);
}

function noSuchSize(cpu: string, memory: string): string {
  return `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`;
}

function taskProblem({ pidMode, ipcMode, volumes = [], placementConstraints = [] }: Candidate): string | undefined {
  if (pidMode !== undefined && pidMode !== "task") {
    return `Tasks using the Fargate launch type do not support pidMode '${pidMode}'. The supported value for pidMode is 'task'.`;
  }
  if (ipcMode !== undefined) return "Tasks using the Fargate launch type do not support ipcMode.";
  if (placementConstraints.length > 0) return unsupported("constraints");
  if (volumes.some(({ host }) => host?.sourcePath)) return unsupported("sourcePath");
  if (volumes.some(({ dockerVolumeConfiguration }) => dockerVolumeConfiguration)) {
    return unsupported("dockerVolumeConfiguration");
  }
  return volumes.some(({ fsxWindowsFileServerVolumeConfiguration }) => fsxWindowsFileServerVolumeConfiguration)
    ? unsupported("fsxWindowsFileServerVolumeConfiguration")
    : undefined;
}

const containerProblem: ContainerRule = (container) => {
  if (container.privileged) return "Fargate requires that the 'privileged' setting be 'false'.";
  if (container.dockerSecurityOptions?.length) return unsupported("dockerSecurityOptions");
  if (container.resourceRequirements?.some(({ type }) => type === "GPU")) {
    return "Tasks using the Fargate launch type do not support GPU resource requirements.";
  }
  const timeout = (kind: string) =>
    `Tasks using the Fargate launch type must have a container ${kind} timeout of less than ${mostTimeout} seconds.`;
  if ((container.startTimeout ?? 0) > mostTimeout) return timeout("start");
  if ((container.stopTimeout ?? 0) > mostTimeout) return timeout("stop");
  const ulimit = container.ulimits?.find(({ name }) => name !== "nofile");
  if (ulimit) return unsupported(`ulimit ${ulimit.name}`);
  const spec = container.credentialSpecs?.find((text) => !text.startsWith("credentialspecdomainless:"));
  return spec === undefined ? undefined : unsupported("credentialSpecs other than credentialspecdomainless");
};

const linuxProblem: ContainerRule = ({ linuxParameters: linux }) => {
  if (!linux) return undefined;
  const { devices, sharedMemorySize, maxSwap, swappiness, capabilities } = linux;
  if (devices?.length) return unsupported("devices");
  if (sharedMemorySize !== undefined) return unsupported("sharedMemorySize");
  if (maxSwap !== undefined) return unsupported("maxSwap");
  if (swappiness !== undefined) return unsupported("swappiness");
  const added = capabilities?.add?.find((name) => name !== capability);
  return added === undefined ? undefined : `${added} is not allowed on Fargate.`;
};

const logProblem: ContainerRule = ({ image, logConfiguration: log }, { executionRoleArn }) => {
  const needs = "Fargate requires task definition to have execution role ARN to support";
  if (log && !logDrivers.includes(log.logDriver ?? "")) {
    return `${log.logDriver} is not a valid log driver. Must be one of [${logDrivers.join(",")}]`;
  }
  if (log?.logDriver === "awslogs") {
    if (!executionRoleArn) return `${needs} log driver awslogs.`;
    if (!log.options?.[prefix]) {
      return `Fargate requires log configuration options to include ${prefix} to support log driver awslogs.`;
    }
  }
  return isEcrImage(image) && !executionRoleArn ? `${needs} ECR images.` : undefined;
};

function isFargateSize(cpu: string, memory: string): boolean {
  if (cpu === "256") return ["512", "1024", "2048"].includes(memory);
  const [lowest, highest, step] = sizes[cpu] ?? [1, 0, 1];
  const value = Number(memory);
  return value >= lowest && value <= highest && (value - lowest) % step === 0;
}

function isWindows({ runtimePlatform }: Candidate): boolean {
  return runtimePlatform?.operatingSystemFamily?.startsWith("WINDOWS_") ?? false;
}

/**
 * What a definition has to keep to run on Fargate.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
export const fargateRules: Rule = firstOf(sizeProblem, taskProblem, each(containerProblem, linuxProblem, logProblem));
