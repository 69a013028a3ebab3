import type { Attribute } from "@aws-sdk/client-ecs";
import type { Container, TaskDefinition } from "./definition.ts";

const capability = "ecs.capability.";
const legacy = "com.amazonaws.ecs.capability.";

/** The abilities that an instance needs to run the definition, under AWS's names; sorted, each once. */
export function requiredAttributes(
  definition: Pick<
    TaskDefinition,
    | "containerDefinitions"
    | "taskRoleArn"
    | "executionRoleArn"
    | "networkMode"
    | "cpu"
    | "memory"
    | "pidMode"
    | "ipcMode"
    | "volumes"
    | "ephemeralStorage"
  >,
): Attribute[] {
  const names = new Set<string>();
  const { executionRoleArn, networkMode } = definition;
  if (definition.taskRoleArn) {
    names.add(`${legacy}task-iam-role${networkMode === "host" ? "-network-host" : ""}`);
  }
  if (networkMode === "awsvpc") names.add(`${capability}task-eni`);
  if (definition.cpu || definition.memory) {
    names.add(`${legacy}docker-remote-api.1.18`);
    names.add(`${capability}task-cpu-mem-limit`);
  }
  if (definition.pidMode || definition.ipcMode) names.add(`${capability}pid-ipc-namespace-sharing`);
  if (definition.ephemeralStorage) names.add(`${capability}extensible-ephemeral-storage`);
  for (const { efsVolumeConfiguration: efs } of definition.volumes ?? []) {
    if (efs) names.add(`${capability}efs`);
    if (efs?.authorizationConfig?.iam === "ENABLED" || efs?.transitEncryption === "ENABLED")
      names.add(`${capability}efsAuth`);
  }
  for (const container of definition.containerDefinitions) {
    for (const name of ofContainer(container, executionRoleArn !== undefined)) names.add(name);
  }
  return [...names].sort().map((name) => ({ name }));
}

function* ofContainer(container: Container, executionRole: boolean): Generator<string> {
  for (const { valueFrom } of container.secrets ?? []) {
    yield `${capability}secrets.${providerOf(valueFrom)}.environment-variables`;
  }
  const { logConfiguration: log, healthCheck } = container;
  for (const { valueFrom } of log?.secretOptions ?? []) {
    yield `${capability}secrets.${providerOf(valueFrom)}.bootstrap.log-driver`;
  }
  if (log) yield `${legacy}logging-driver.${log.logDriver}`;
  if (log?.logDriver === "awslogs") {
    yield `${legacy}docker-remote-api.1.19`;
    if (executionRole) yield `${capability}execution-role-awslogs`;
    if (log.options?.["awslogs-create-group"]) yield `${legacy}docker-remote-api.1.29`;
  }
  if (log?.options?.mode || log?.options?.["max-buffer-size"]) yield `${legacy}docker-remote-api.1.28`;
  if (container.repositoryCredentials) yield `${capability}private-registry-authentication.secretsmanager`;
  if (container.environmentFiles?.length) yield `${capability}env-files.s3`;
  if (isEcrImage(container.image)) {
    yield `${legacy}ecr-auth`;
    yield `${legacy}docker-remote-api.1.19`;
    if (executionRole) yield `${capability}execution-role-ecr-pull`;
  }
  if (healthCheck) yield `${capability}container-health-check`;
  if (healthCheck?.startPeriod) yield `${legacy}docker-remote-api.1.29`;
  if (container.memoryReservation) yield `${legacy}docker-remote-api.1.21`;
  if (Object.keys(container.dockerLabels ?? {}).length > 0) yield `${legacy}docker-remote-api.1.17`;
  if (container.privileged) yield `${legacy}privileged-container`;
  if (container.dependsOn?.length || container.startTimeout || container.stopTimeout)
    yield `${capability}container-ordering`;
  if (container.restartPolicy?.enabled) yield `${capability}container-restart-policy`;
  if (container.portMappings?.some(({ containerPortRange }) => containerPortRange)) {
    yield `${capability}network.container-port-range`;
  }
  const { firelensConfiguration: firelens } = container;
  if (firelens) yield `${capability}firelens.${firelens.type}`;
  const source = firelens?.options?.["config-file-type"];
  if (source) yield `${capability}firelens.options.config.${source}`;
}

export function isEcrImage(image: string): boolean {
  return /^\d{12}\.dkr[.-]ecr[a-z-]*\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)\//.test(image);
}

function providerOf(valueFrom: string | undefined): "asm" | "ssm" {
  return /^arn:[^:]*:secretsmanager:/.test(valueFrom ?? "") ? "asm" : "ssm";
}
