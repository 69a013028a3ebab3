import type { TaskDefinition } from "./definition.ts";
import { isEcrImage } from "./required-attributes.ts";

/** Memory (MiB) that goes with each number of CPU units: lowest, highest, step. */
const sizes: Readonly<Record<string, readonly [number, number, number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

/**
 * Why a definition cannot run on Fargate, in AWS's words; `undefined` if it can.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
export function fargateProblem(
  definition: Pick<
    TaskDefinition,
    "networkMode" | "cpu" | "memory" | "executionRoleArn" | "containerDefinitions" | "pidMode" | "ipcMode" | "volumes"
  >,
): string | undefined {
  const { cpu, memory, containerDefinitions } = definition;
  if (definition.networkMode !== "awsvpc") return "Fargate only supports network mode ‘awsvpc’.";
  if (cpu === undefined) return "Fargate requires that 'cpu' be defined at the task level.";
  if (memory === undefined) return "Fargate requires that 'memory' be defined at the task level.";
  const sizeProblem = fargateSizeProblem(cpu, memory);
  if (sizeProblem !== undefined) return sizeProblem;
  const { pidMode, ipcMode, volumes = [] } = definition;
  if (pidMode !== undefined && pidMode !== "task") {
    return `Tasks using the Fargate launch type do not support pidMode '${pidMode}'. The supported value for pidMode is 'task'.`;
  }
  if (ipcMode !== undefined) return "Tasks using the Fargate launch type do not support ipcMode.";
  if (volumes.some(({ host }) => host?.sourcePath)) {
    return "Fargate compatible task definitions do not support sourcePath";
  }
  for (const { image, logConfiguration: log, privileged, name } of containerDefinitions) {
    if (log && !["awslogs", "splunk", "awsfirelens"].includes(log.logDriver ?? "")) {
      return `Fargate does not support log driver ${log.logDriver}.`;
    }
    if (log?.logDriver === "awslogs" && !definition.executionRoleArn) {
      return "Fargate requires task definition to have execution role ARN to support log driver awslogs.";
    }
    if (isEcrImage(image) && !definition.executionRoleArn) {
      return "Fargate requires task definition to have execution role ARN to support ECR images.";
    }
    if (privileged) return `Fargate does not support privileged mode for container '${name}'.`;
  }
  return undefined;
}

/** Why no Fargate task has so many CPU units and MiB; `undefined` if one can. */
export function fargateSizeProblem(cpu: string, memory: string): string | undefined {
  if (isFargateSize(cpu, memory)) return undefined;
  return `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`;
}

function isFargateSize(cpu: string, memory: string): boolean {
  if (cpu === "256") return ["512", "1024", "2048"].includes(memory);
  const [lowest, highest, step] = sizes[cpu] ?? [1, 0, 1];
  const value = Number(memory);
  return value >= lowest && value <= highest && (value - lowest) % step === 0;
}
