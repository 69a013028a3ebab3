import type { Attribute, Resource } from "@aws-sdk/client-ecs";
import { defined } from "../../defined.ts";
import type { Machine } from "../../runtime/runtime.ts";
import type { ControlPlane } from "./control-plane.ts";

/** The version of AWS's agent whose protocol this one speaks. */
export const agentVersion = "1.105.1";
export const agentHash = "sealift";

export interface RegistrationOptions {
  readonly controlPlane: Pick<ControlPlane, "register">;
  readonly cluster: string;
  readonly machine: Machine;
  /** The instance that this machine was before; it goes on as that one. */
  readonly containerInstanceArn: string | undefined;
  /** FARGATE tasks may be placed here too. */
  readonly fargate: boolean;
  /** Tasks get the sessions of their roles. */
  readonly servesTaskRoles?: boolean;
  /** The log driver `awslogs` has somewhere to deliver, and the sessions for it. */
  readonly deliversAwslogs?: boolean;
  /** Commands may be run in the containers of tasks. */
  readonly execute: boolean;
  /** The output of containers can be read. */
  readonly readsLogs?: boolean;
}

/** Registers the machine as a container instance and resolves to its ARN. */
export async function register(options: RegistrationOptions): Promise<string> {
  const { controlPlane, cluster, containerInstanceArn } = options;
  const arn = await controlPlane.register({
    cluster,
    ...defined({ containerInstanceArn }),
    totalResources: resources(options.machine),
    attributes: attributes(options),
    versionInfo: { agentVersion, agentHash, dockerVersion: options.machine.version },
  });
  if (arn === undefined) throw new Error("Cannot register this machine: the control plane answered without an ARN");
  return arn;
}

/** Host ports that no task may ask for: SSH, Docker and AWS's agent. */
const reservedPorts = ["22", "2375", "2376", "51678", "51679"];

function resources(machine: Machine): Resource[] {
  return [
    { name: "CPU", type: "INTEGER", integerValue: machine.cpu },
    { name: "MEMORY", type: "INTEGER", integerValue: machine.memory },
    { name: "PORTS", type: "STRINGSET", stringSetValue: reservedPorts },
    { name: "PORTS_UDP", type: "STRINGSET", stringSetValue: [] },
    ...(machine.gpus.length > 0
      ? [{ name: "GPU", type: "STRINGSET", stringSetValue: [...machine.gpus] } satisfies Resource]
      : []),
  ];
}

/** Capabilities that this agent really has, under the names of AWS's agent. */
function attributes(options: RegistrationOptions): Attribute[] {
  const { machine, fargate, servesTaskRoles = false, deliversAwslogs = false, execute, readsLogs = false } = options;
  const others = machine.logDrivers.filter((driver) => driver !== "awslogs");
  const logDrivers = [...others, ...(deliversAwslogs ? ["awslogs"] : [])];
  const names = [
    "ecs.capability.secrets.ssm.environment-variables",
    "ecs.capability.secrets.ssm.bootstrap.log-driver",
    "ecs.capability.secrets.asm.environment-variables",
    "ecs.capability.secrets.asm.bootstrap.log-driver",
    "ecs.capability.private-registry-authentication.secretsmanager",
    "com.amazonaws.ecs.capability.ecr-auth",
    "ecs.capability.execution-role-ecr-pull",
    "ecs.capability.env-files.s3",
    "ecs.capability.container-ordering",
    "ecs.capability.container-health-check",
    "ecs.capability.container-restart-policy",
    "ecs.capability.task-eni",
    "ecs.capability.network.container-port-range",
    // Placement keeps to it.
    "ecs.capability.task-cpu-mem-limit",
    ...logDrivers.map((driver) => `com.amazonaws.ecs.capability.logging-driver.${driver}`),
    ...(logDrivers.includes("awslogs") ? ["ecs.capability.execution-role-awslogs"] : []),
    ...(logDrivers.includes("fluentd") && machine.volumeDrivers.includes("local") ? firelens : []),
    ...(machine.isolates ? isolation : []),
    ...machine.volumeDrivers.map((driver) => `ecs.capability.docker-plugin.${driver}`),
    // A file system of EFS is a volume of this machine.
    ...(machine.volumeDrivers.length > 0 ? ["ecs.capability.efs", "ecs.capability.efsAuth"] : []),
    ...remoteApiVersions.map((version) => `com.amazonaws.ecs.capability.docker-remote-api.${version}`),
    ...(servesTaskRoles ? taskRoles : []),
    // A FARGATE task's storage is the machine's disk, whatever size it asks for.
    ...(fargate ? ["sealift.fargate", "ecs.capability.extensible-ephemeral-storage"] : []),
    // It tells which versions of secrets its tasks hold.
    "sealift.secret-versions",
    ...(execute ? ["ecs.capability.execute-command", "sealift.execute-command"] : []),
    ...(readsLogs ? ["sealift.logs"] : []),
  ];
  return [
    ...names.map((name) => ({ name })),
    { name: "ecs.os-type", value: "linux" },
    { name: "ecs.os-family", value: "LINUX" },
    { name: "ecs.cpu-architecture", value: machine.architecture },
    { name: "sealift.subnet", value: machine.subnet.cidr },
    { name: "sealift.subnet-gateway", value: machine.subnet.gateway },
  ];
}

const isolation = ["com.amazonaws.ecs.capability.privileged-container", "ecs.capability.pid-ipc-namespace-sharing"];
const firelens = [
  "com.amazonaws.ecs.capability.logging-driver.awsfirelens",
  "ecs.capability.logging-driver.awsfirelens.log-driver-buffer-limit",
  "ecs.capability.firelens.fluentd",
  "ecs.capability.firelens.fluentbit",
  "ecs.capability.firelens.options.config.file",
  "ecs.capability.firelens.options.config.s3",
  "ecs.capability.firelens.options.non-root-user",
];
const taskRoles = [
  "com.amazonaws.ecs.capability.task-iam-role",
  "com.amazonaws.ecs.capability.task-iam-role-network-host",
];

const remoteApiVersions = [
  "1.17",
  "1.18",
  "1.19",
  "1.20",
  "1.21",
  "1.22",
  "1.23",
  "1.24",
  "1.25",
  "1.28",
  "1.29",
  "1.30",
  "1.32",
];
