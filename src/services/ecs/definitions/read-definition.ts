import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Scope } from "../arns.ts";
import type { Container } from "./definition.ts";
import { fargateProblem } from "./fargate.ts";
import { requiredAttributes } from "./required-attributes.ts";
import { type Candidate, definitionProblem } from "./rules.ts";
import { units } from "./units.ts";

const mostBytes = 64 * 1024;
const mostContainers = 10;

/** A task definition as it is registered, with defaults filled in and all rules checked; or AWS's refusal. */
export function readDefinition(
  scope: Scope,
  { tags: _, ...input }: RegisterTaskDefinitionCommandInput,
): { readonly definition: Candidate } | { readonly problem: string } {
  const tooLarge = sizeProblem(input);
  if (tooLarge !== undefined) return { problem: tooLarge };
  const cpu = units(input.cpu, "cpu");
  if (cpu === null) return { problem: "Invalid 'cpu' setting for task." };
  const memory = units(input.memory, "memory");
  if (memory === null) return { problem: "Invalid 'memory' setting for task." };
  const { cpu: _cpu, memory: _memory, taskRoleArn, executionRoleArn, ...rest } = input;
  const candidate: Candidate = {
    ...rest,
    family: input.family ?? "",
    // A definition without a network mode gets Docker's default, and DescribeTaskDefinition shows none.
    volumes: (input.volumes ?? []).map((volume) =>
      volume.efsVolumeConfiguration
        ? { ...volume, efsVolumeConfiguration: { rootDirectory: "/", ...volume.efsVolumeConfiguration } }
        : volume,
    ),
    placementConstraints: input.placementConstraints ?? [],
    containerDefinitions: (input.containerDefinitions ?? []).map((container) =>
      withDefaults(container, input.networkMode),
    ),
    ...defined({ cpu, memory }),
    ...(taskRoleArn && { taskRoleArn: roleArn(scope, taskRoleArn) }),
    ...(executionRoleArn && { executionRoleArn: roleArn(scope, executionRoleArn) }),
  };
  const problem = definitionProblem(candidate);
  if (problem !== undefined) return { problem };
  const definition: Candidate = {
    ...candidate,
    requiresAttributes: requiredAttributes(candidate),
    compatibilities: compatibilities(candidate),
  };
  return { definition };
}

/**
 * Checked before all else, as anyone may send a definition.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
function sizeProblem(input: Omit<RegisterTaskDefinitionCommandInput, "tags">): string | undefined {
  const length = Buffer.byteLength(JSON.stringify(input));
  if (length > mostBytes) return `Actual length: '${length}'. Max allowed length is '${mostBytes}' bytes.`;
  const containers = input.containerDefinitions?.length ?? 0;
  return containers > mostContainers ? `A task definition can have at most ${mostContainers} containers.` : undefined;
}

function withDefaults(container: ContainerDefinition, networkMode: string | undefined): Container {
  const fixed = networkMode === "awsvpc" || networkMode === "host";
  return {
    ...container,
    name: container.name ?? "",
    image: container.image ?? "",
    cpu: container.cpu ?? 0,
    essential: container.essential ?? true,
    portMappings: (container.portMappings ?? []).map((mapping) =>
      mapping.containerPortRange !== undefined
        ? { ...mapping, protocol: mapping.protocol ?? "tcp" }
        : {
            ...mapping,
            hostPort: mapping.hostPort || (fixed ? mapping.containerPort : 0),
            protocol: mapping.protocol ?? "tcp",
          },
    ),
    environment: container.environment ?? [],
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    ...(container.healthCheck && { healthCheck: { interval: 30, timeout: 5, retries: 3, ...container.healthCheck } }),
  };
}

function compatibilities(candidate: Candidate): Candidate["compatibilities"] {
  if (candidate.networkMode !== "awsvpc") return ["EXTERNAL", "EC2"];
  return fargateProblem(candidate) === undefined ? ["EC2", "FARGATE"] : ["EC2"];
}

/** Roles may be given by their names. */
function roleArn(scope: Scope, role: string): string {
  return role.startsWith("arn:") ? role : `arn:${scope.partition}:iam::${scope.account}:role/${role}`;
}
