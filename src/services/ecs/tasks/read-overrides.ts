import type { ContainerOverride, TaskOverride } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Container, TaskDefinition } from "../definitions/definition.ts";
import { sizeProblem } from "../definitions/numbers.ts";
import { fargateSizeProblem } from "../definitions/rules/fargate.ts";
import { sizeRules } from "../definitions/rules/sizes.ts";
import { isTaskCpu } from "../definitions/rules/task.ts";
import { units } from "../definitions/units.ts";
import { clientError, invalidParameter } from "../errors.ts";
import { isRoleArn } from "../role-arn.ts";
import type { LaunchType } from "./launch-type.ts";
import { overridden, overriddenContainers } from "./overrides.ts";

/** Characters of the container overrides as JSON. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const longestOverrides = 8192;

/** GiB. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html */
const [leastStorage, mostStorage] = [21, 200];

const mostEnvironmentFiles = 10;

/** The overrides of a request, with the task's size in units. Throws AWS's refusal of overrides that do not fit the definition. */
export function readOverrides(
  definition: TaskDefinition,
  overrides: TaskOverride,
  launchType: LaunchType,
): TaskOverride {
  const { containerOverrides = [] } = overrides;
  if (JSON.stringify(containerOverrides).length > longestOverrides) {
    throw invalidParameter(`Container Overrides length must be at most ${longestOverrides}`);
  }
  const names = containerOverrides.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw invalidParameter("Container overrides can name a container once only.");
  }
  for (const override of containerOverrides) checkContainer(definition, override, launchType);
  const roles = [overrides.taskRoleArn, overrides.executionRoleArn];
  if (!roles.every((role) => !role || isRoleArn(role))) throw clientError("Role is not valid");
  if (overrides.inferenceAcceleratorOverrides?.length) {
    throw invalidParameter("inferenceAcceleratorOverrides is not supported.");
  }
  checkStorage(overrides, launchType);
  const { cpu: givenCpu, memory: givenMemory, ...rest } = overrides;
  const cpu = units(givenCpu, "cpu");
  if (cpu === null || (cpu !== undefined && !isTaskCpu(cpu))) {
    throw invalidParameter("Invalid 'cpu' setting for task.");
  }
  const memory = units(givenMemory, "memory");
  if (memory === null) throw invalidParameter("Invalid 'memory' setting for task.");
  const size = { cpu: cpu ?? definition.cpu, memory: memory ?? definition.memory };
  checkTaskSize(size, overrides, launchType);
  checkContainerSizes({ ...definition, ...defined(size) }, overrides);
  return { ...rest, ...defined({ cpu, memory }) };
}

function checkContainer(definition: TaskDefinition, override: ContainerOverride, launchType: LaunchType): void {
  const { name, environment = [], environmentFiles = [], command, resourceRequirements = [] } = override;
  const problem = sizeProblem(override);
  if (problem !== undefined) throw invalidParameter(problem);
  const container = definition.containerDefinitions.find((candidate) => candidate.name === name);
  if (!container) {
    throw invalidParameter(`Override for container named ${name ?? null} is not a container in the TaskDefinition.`);
  }
  const shared = environment.find((variable) => container.secrets?.some((secret) => secret.name === variable.name));
  if (shared) {
    throw invalidParameter(
      `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${shared.name}'.`,
    );
  }
  if (environment.some((variable) => !variable.name?.trim())) {
    throw invalidParameter(`An environment variable of the override for container '${name}' has no name.`);
  }
  if (command?.some((word) => typeof word !== "string")) {
    throw invalidParameter(`Invalid 'command' setting for container '${name}'.`);
  }
  if (environmentFiles.length > mostEnvironmentFiles) {
    throw invalidParameter(`environmentFiles can have at most ${mostEnvironmentFiles} items.`);
  }
  const file = environmentFiles.find(({ value = "" }) => !/^arn:[^:]+:s3:::[^/]+\/.+\.env$/.test(value));
  if (file) throw invalidParameter(`Invalid value of an environment file of container '${name}': '${file.value}'`);
  for (const { type, value = "", sharingStrategy } of resourceRequirements) {
    if (sharingStrategy) throw invalidParameter("The sharingStrategy of a resource requirement is not supported.");
    if (type !== "GPU") throw invalidParameter(`The resource requirement ${type} is not supported.`);
    if (!/^[1-9]\d{0,3}$/.test(value)) throw invalidParameter(`Invalid GPU value for container '${name}': '${value}'`);
    if (launchType === "FARGATE") throw invalidParameter("GPUs are not supported with FARGATE launch type.");
  }
  checkMemory(overridden(container, override));
}

function checkMemory({ name, memory, memoryReservation }: Container): void {
  if (memory && memoryReservation && memory < memoryReservation) {
    throw invalidParameter(
      `Invalid setting for container '${name}'. The 'memory' value must not be less than the 'memoryReservation' value.`,
    );
  }
}

function checkStorage({ ephemeralStorage }: TaskOverride, launchType: LaunchType): void {
  if (!ephemeralStorage) return;
  const { sizeInGiB = 0 } = ephemeralStorage;
  if (launchType !== "FARGATE") {
    throw invalidParameter("ephemeralStorage can be overridden for tasks with FARGATE launch type only.");
  }
  if (!Number.isInteger(sizeInGiB) || sizeInGiB < leastStorage || sizeInGiB > mostStorage) {
    throw invalidParameter(`ephemeralStorage sizeInGiB must be between ${leastStorage} and ${mostStorage}.`);
  }
}

/** The containers with their overrides have to fit into the task with its own, as those of a definition. */
function checkContainerSizes(definition: TaskDefinition, overrides: TaskOverride): void {
  const problem = sizeRules({ ...definition, containerDefinitions: overriddenContainers(definition, overrides) });
  if (problem !== undefined) throw invalidParameter(problem);
}

function checkTaskSize(
  { cpu, memory }: { readonly cpu: string | undefined; readonly memory: string | undefined },
  overrides: TaskOverride,
  launchType: LaunchType,
): void {
  const isOverridden = overrides.cpu !== undefined || overrides.memory !== undefined;
  if (launchType !== "FARGATE" || !isOverridden || cpu === undefined || memory === undefined) return;
  const problem = fargateSizeProblem(cpu, memory);
  if (problem !== undefined) throw invalidParameter(problem);
}
