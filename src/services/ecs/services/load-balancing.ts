import type { DeploymentConfiguration, LoadBalancer, ServiceRegistry } from "@aws-sdk/client-ecs";
import type { TaskDefinition } from "../definitions/definition.ts";
import { invalidParameter } from "../errors.ts";

interface LoadBalancing {
  readonly loadBalancers?: readonly LoadBalancer[] | undefined;
  readonly serviceRegistries?: readonly ServiceRegistry[] | undefined;
  /** With which ECS calls the load balancer. */
  readonly role?: string | undefined;
}

/** Throws AWS's refusal of load balancers and service registries that do not fit the task definition or the strategy. */
export function checkLoadBalancing(
  { loadBalancers = [], serviceRegistries = [], role }: LoadBalancing,
  definition: Pick<TaskDefinition, "containerDefinitions" | "networkMode">,
  { strategy = "ROLLING" }: DeploymentConfiguration,
): void {
  if (role && (definition.networkMode === "awsvpc" || loadBalancers.length > 1 || serviceRegistries.length > 0)) {
    throw invalidParameter("You cannot specify an IAM role for services that require a service linked role.");
  }
  if (role && loadBalancers.length === 0) {
    throw invalidParameter("IAM roles are only valid for services configured to use load balancers.");
  }
  for (const {
    containerName,
    containerPort,
    loadBalancerName,
    targetGroupArn,
    advancedConfiguration,
  } of loadBalancers) {
    if (advancedConfiguration && strategy === "ROLLING") {
      throw invalidParameter("loadBalancers.advancedConfiguration is not supported for the strategy ROLLING.");
    }
    if (loadBalancerName && targetGroupArn) {
      throw invalidParameter("loadBalancerName and targetGroupArn cannot both be specified.");
    }
    checkContainerPort(definition, containerName, containerPort);
  }
  if (serviceRegistries.length > 1) throw invalidParameter("service registries can have at most 1 items.");
  for (const { containerName, containerPort } of serviceRegistries) {
    if (definition.networkMode === "awsvpc" && containerPort !== undefined) {
      throw invalidParameter("The values specified for serviceRegistries do not require a value for 'containerPort'.");
    }
    if (containerName !== undefined) checkContainerPort(definition, containerName, containerPort);
  }
}

/** The roles with which ECS would change the listeners of load balancers. */
export function listenerRoles(loadBalancers: readonly LoadBalancer[] = []): readonly (string | undefined)[] {
  return loadBalancers.map(({ advancedConfiguration }) => advancedConfiguration?.roleArn);
}

function checkContainerPort(
  { containerDefinitions }: Pick<TaskDefinition, "containerDefinitions">,
  name: string | undefined,
  port: number | undefined,
): void {
  if (name === undefined || port === undefined) return;
  const container = containerDefinitions.find((candidate) => candidate.name === name);
  if (!container) throw invalidParameter(`The container ${name} does not exist in the task definition.`);
  if (container.portMappings?.some(({ containerPort }) => containerPort === port)) return;
  throw invalidParameter(`The container ${name} did not have a container port ${port} defined.`);
}
