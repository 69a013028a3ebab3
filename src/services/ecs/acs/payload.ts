import type { KeyValuePair, Secret } from "@aws-sdk/client-ecs";
import type { PayloadContainer, PayloadSecret, PayloadTask } from "../../../acs/protocol.ts";
import { type Arn, parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import { lastPart, type Scope, scopeOf } from "../arns.ts";
import type { Container, TaskDefinition } from "../definitions/definition.ts";
import { type Pins, pinnedEntries, pinnedReference } from "../secrets/pins.ts";
import { overriddenContainers, roles } from "../tasks/overrides.ts";
import type { Task, TaskInterface } from "../tasks/task.ts";
import { type DockerTask, dockerConfig } from "./docker-config.ts";
import { withLogMode } from "./log-mode.ts";
import { payloadMountPoints, payloadVolume } from "./payload-volumes.ts";
import { registryAuthentication } from "./registry-authentication.ts";

/** A task as its agent gets it, without the credentials of its roles, which are never stored. */
export function payloadTask(task: Task, definition: TaskDefinition): PayloadTask {
  const scope = scopeOf(task.arn);
  const docker: DockerTask = {
    id: lastPart(task.arn),
    networkMode: definition.networkMode ?? "bridge",
  };
  const { serviceArn, networkInterface } = task;
  return {
    arn: task.arn,
    family: task.family,
    version: String(task.revision),
    desiredStatus: task.desiredStatus,
    launchType: task.launchType,
    networkMode: definition.networkMode ?? "bridge",
    ...defined({
      serviceName: serviceArn === undefined ? undefined : lastPart(serviceArn),
      cpu: task.cpu === undefined ? undefined : Number(task.cpu) / 1024,
      memory: task.memory === undefined ? undefined : (task.memoryLimit ?? Number(task.memory)),
      associations: gpuAssociations(task),
      elasticNetworkInterfaces: networkInterface && [elasticNetworkInterface(networkInterface)],
      volumes: definition.volumes?.length ? definition.volumes.map(payloadVolume) : undefined,
      pidMode: definition.pidMode,
      ipcMode: definition.ipcMode,
    }),
    containers: overriddenContainers(definition, task.overrides).map((container) => ({
      ...payloadContainer(withLogMode(container, task.logDriverMode), docker, scope, {
        executionRole: roles(task, definition).execution !== undefined,
        pins: task.pins,
      }),
      ...defined({ containerArn: task.containers.find(({ name }) => name === container.name)?.arn }),
      ...(task.enableExecuteCommand && { managedAgents: [{ name: "ExecuteCommandAgent" as const }] }),
    })),
  };
}

/** Which container has which GPU, as AWS's agent is told it. */
function gpuAssociations({ gpus }: Task): PayloadTask["associations"] {
  return (
    gpus &&
    Object.entries(gpus).flatMap(([container, ids]) =>
      ids.map((name) => ({ containers: [container], content: { encoding: "", value: "" }, name, type: "gpu" })),
    )
  );
}

function payloadContainer(
  container: Container,
  task: DockerTask,
  scope: Scope,
  { executionRole, pins }: { readonly executionRole: boolean; readonly pins: Pins | undefined },
): PayloadContainer {
  const { config, hostConfig } = dockerConfig(container, task);
  const { logConfiguration: log } = container;
  const awslogs = log?.logDriver === "awslogs" && executionRole;
  return {
    name: container.name,
    image: container.image,
    ...(container.command?.length && { command: container.command }),
    ...(container.entryPoint?.length && { entryPoint: container.entryPoint }),
    environment: environment(container.environment ?? []),
    essential: container.essential,
    cpu: container.cpu,
    memory: container.memory ?? 0,
    portMappings: (container.portMappings ?? []).map(
      ({ containerPort = 0, hostPort = 0, protocol = "tcp", ...port }) => ({
        containerPort,
        hostPort,
        protocol,
        ...defined({ containerPortRange: port.containerPortRange }),
      }),
    ),
    secrets: [
      ...(container.secrets ?? []).map((secret) => payloadSecret(pinned(secret, pins), scope, "CONTAINER")),
      ...(log?.secretOptions ?? []).map((secret) => payloadSecret(pinned(secret, pins), scope, "LOG_DRIVER")),
    ],
    ...defined({ secretPins: pinnedEntries(container.dockerLabels, pins) }),
    dockerConfig: { config: JSON.stringify(config), hostConfig: JSON.stringify(hostConfig), version: "1.25" },
    ...(container.dependsOn?.length && {
      dependsOn: container.dependsOn.map(({ containerName = "", condition = "" }) => ({ containerName, condition })),
    }),
    ...defined({ startTimeout: container.startTimeout, stopTimeout: container.stopTimeout }),
    ...defined({ registryAuthentication: registryAuthentication(container, scope, executionRole) }),
    ...(awslogs && { logsAuthStrategy: "ExecutionRole" as const }),
    ...(container.healthCheck && { healthCheckType: "docker" as const }),
    ...(container.restartPolicy?.enabled && {
      restartPolicy: {
        enabled: true,
        ignoredExitCodes: container.restartPolicy.ignoredExitCodes ?? [],
        restartAttemptPeriod: container.restartPolicy.restartAttemptPeriod ?? 300,
      },
    }),
    ...(container.environmentFiles?.length && {
      environmentFiles: container.environmentFiles.map(({ value = "", type = "s3" }) => ({ value, type })),
    }),
    ...(container.mountPoints?.length && { mountPoints: payloadMountPoints(container.mountPoints) }),
    ...(container.volumesFrom?.length && {
      volumesFrom: container.volumesFrom.map(({ sourceContainer = "", readOnly = false }) => ({
        sourceContainer,
        readOnly,
      })),
    }),
    ...(container.links?.length && { links: container.links }),
    ...(container.firelensConfiguration && {
      firelensConfiguration: {
        type: container.firelensConfiguration.type ?? "fluentbit",
        options: container.firelensConfiguration.options ?? {},
      },
    }),
  };
}

function pinned(secret: Partial<Secret>, pins: Pins | undefined): Partial<Secret> {
  return { ...secret, valueFrom: pinnedReference(secret.valueFrom ?? "", pins) };
}

/** Provider and region come from the ARN; a bare name is a parameter of the task's region. */
export function payloadSecret(
  { name = "", valueFrom = "" }: Partial<Secret>,
  { account, region, partition }: Scope,
  target: PayloadSecret["target"],
): PayloadSecret {
  const arn = parseArn(valueFrom);
  const isOwn = (arn?.account === account || arn?.account === "") && arn.partition === partition;
  return {
    name,
    valueFrom: (isOwn ? parameterName(arn) : undefined) ?? valueFrom,
    provider: arn?.service === "secretsmanager" ? "asm" : "ssm",
    region: arn?.region || region,
    type: target === "CONTAINER" ? "ENVIRONMENT_VARIABLE" : "BOOTSTRAP",
    target,
  };
}

/**
 * The name, with its version or label, in a parameter's ARN. AWS's agent looks an answer of GetParameters up under the `Name`
 * that it has. The slash that a hierarchical name begins with is not in the ARN.
 */
function parameterName({ service, resource }: Arn): string | undefined {
  if (service !== "ssm" || !resource.startsWith("parameter/")) return undefined;
  const name = resource.slice("parameter/".length);
  return name.includes("/") ? `/${name}` : name;
}

/** The last of several variables with one name wins: an override replaces the definition's. */
function environment(pairs: readonly KeyValuePair[]): Record<string, string> {
  return Object.fromEntries(pairs.map(({ name, value }) => [name ?? "", value ?? ""]));
}

function elasticNetworkInterface(network: TaskInterface) {
  return {
    attachmentArn: network.attachmentArn,
    ec2Id: network.id,
    macAddress: network.macAddress,
    ipv4Addresses: [{ primary: true, privateAddress: network.address }],
    subnetGatewayIpv4Address: network.gateway,
    privateDnsName: network.privateDnsName,
    ...(network.hasPublicIp && { assignPublicIp: "ENABLED" as const }),
  };
}
