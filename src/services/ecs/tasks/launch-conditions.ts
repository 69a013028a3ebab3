import type {
  CapacityProviderStrategyItem,
  NetworkConfiguration,
  PropagateTags,
  ServiceConnectConfiguration,
  TaskOverride,
} from "@aws-sdk/client-ecs";
import { regionalArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import { flagKey } from "../../../model/flag-key.ts";
import type { ConditionKeys } from "../../../model/tag-conditions.ts";
import type { Scope } from "../arns.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { units } from "../definitions/units.ts";

/** The parts of a request to run tasks that policies can ask for. */
export interface Launch {
  readonly capacityProviderStrategy?: readonly Partial<CapacityProviderStrategyItem>[];
  readonly enableExecuteCommand?: boolean | undefined;
  readonly overrides?: TaskOverride;
  readonly volumeConfigurations?: readonly { readonly managedEBSVolume?: object }[];
}

/** The parts of a request to make or change a service that policies can ask for. */
export interface ServiceLaunch extends Launch {
  readonly networkConfiguration?: NetworkConfiguration;
  readonly enableECSManagedTags?: boolean | undefined;
  readonly propagateTags?: PropagateTags | undefined;
  readonly serviceConnectConfiguration?: ServiceConnectConfiguration;
  readonly vpcLatticeConfigurations?: readonly object[];
}

/** Condition keys of a request to run tasks wherever there is room. */
export function launchConditions(scope: Scope, input: Launch, definition: TaskDefinition | undefined): ConditionKeys {
  const names = input.capacityProviderStrategy?.map(({ capacityProvider = "" }) => capacityProvider);
  return {
    ...capacityProviders(scope, names),
    ...sizeConditions({
      cpu: input.overrides?.cpu ?? definition?.cpu,
      memory: input.overrides?.memory ?? definition?.memory,
    }),
    ...capabilityConditions(input),
  };
}

/** Condition keys of the abilities that a request gives its tasks. */
export function capabilityConditions(input: Launch): ConditionKeys {
  return defined({
    "ecs:enable-ebs-volumes": flagKey(input.volumeConfigurations?.some((volume) => volume.managedEBSVolume)),
    "ecs:enable-execute-command": flagKey(input.enableExecuteCommand),
  });
}

/** As `launchConditions`, for a service. */
export function serviceConditions(
  scope: Scope,
  input: ServiceLaunch,
  definition: TaskDefinition | undefined,
): ConditionKeys {
  const { awsvpcConfiguration: network } = input.networkConfiguration ?? {};
  const { serviceConnectConfiguration: connect } = input;
  return {
    ...launchConditions(scope, input, definition),
    ...(network?.subnets?.length && { "ecs:subnet": network.subnets }),
    ...defined({
      "ecs:auto-assign-public-ip": network?.assignPublicIp && flagKey(network.assignPublicIp === "ENABLED"),
      "ecs:enable-ecs-managed-tags": flagKey(input.enableECSManagedTags),
      "ecs:propagate-tags": input.propagateTags,
      "ecs:enable-service-connect": flagKey(connect?.enabled),
      "ecs:namespace": connect?.namespace,
      "ecs:enable-vpc-lattice": flagKey(input.vpcLatticeConfigurations && input.vpcLatticeConfigurations.length > 0),
    }),
  };
}

/** The condition key of capacity providers, by ARN, as policies name them. */
export function capacityProviders(scope: Scope, names: readonly string[] | undefined): ConditionKeys {
  if (!names?.length) return {};
  const arns = names.map((name) =>
    name.startsWith("arn:") ? name : regionalArn(scope, "ecs", `capacity-provider/${name}`),
  );
  return { "ecs:capacity-provider": arns };
}

/** Condition keys of a whole task's size in CPU units and MiB, where it is given well-formed. */
export function sizeConditions({
  cpu,
  memory,
}: {
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
}): ConditionKeys {
  return defined({
    "ecs:task-cpu": units(cpu, "cpu") ?? undefined,
    "ecs:task-memory": units(memory, "memory") ?? undefined,
  });
}
