import type {
  CapacityProviderStrategyItem,
  ClusterConfiguration,
  NetworkConfiguration,
  PropagateTags,
  ServiceConnectConfiguration,
  TaskOverride,
} from "@aws-sdk/client-ecs";
import { regionalArn } from "../../../arn.ts";
import type { Scope } from "../arns.ts";
import type { TaskDefinition } from "../model.ts";

type Conditions = Record<string, string | readonly string[]>;

/** What of a request to run tasks policies can ask for. */
export interface Launch {
  readonly capacityProviderStrategy?: readonly Partial<CapacityProviderStrategyItem>[];
  readonly enableExecuteCommand?: boolean | undefined;
  readonly overrides?: TaskOverride;
  readonly volumeConfigurations?: readonly { readonly managedEBSVolume?: object }[];
}

/** What of a request to make or change a service policies can ask for. */
export interface ServiceLaunch extends Launch {
  readonly networkConfiguration?: NetworkConfiguration;
  readonly enableECSManagedTags?: boolean | undefined;
  readonly propagateTags?: PropagateTags | undefined;
  readonly serviceConnectConfiguration?: ServiceConnectConfiguration;
  readonly vpcLatticeConfigurations?: readonly object[];
}

/** Condition keys of a request to run tasks wherever there is room. */
export function launchConditions(scope: Scope, input: Launch, definition: TaskDefinition | undefined): Conditions {
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

/** Condition keys of what tasks are to be able to do. */
export function capabilityConditions(input: Launch): Conditions {
  return {
    "ecs:enable-ebs-volumes": String((input.volumeConfigurations ?? []).some((volume) => volume.managedEBSVolume)),
    "ecs:enable-execute-command": String(input.enableExecuteCommand ?? false),
  };
}

/** As `launchConditions`, of a service. */
export function serviceConditions(
  scope: Scope,
  input: ServiceLaunch,
  definition: TaskDefinition | undefined,
): Conditions {
  const { awsvpcConfiguration: network } = input.networkConfiguration ?? {};
  const { serviceConnectConfiguration: connect } = input;
  return {
    ...launchConditions(scope, input, definition),
    ...(network && { "ecs:auto-assign-public-ip": String(network.assignPublicIp === "ENABLED") }),
    ...(network?.subnets?.length && { "ecs:subnet": network.subnets }),
    "ecs:enable-ecs-managed-tags": String(input.enableECSManagedTags ?? false),
    "ecs:propagate-tags": input.propagateTags ?? "NONE",
    "ecs:enable-service-connect": String(connect?.enabled ?? false),
    ...(connect?.namespace !== undefined && { "ecs:namespace": connect.namespace }),
    "ecs:enable-vpc-lattice": String((input.vpcLatticeConfigurations ?? []).length > 0),
  };
}

/** Capacity providers by ARN, as policies name them. */
export function capacityProviders(scope: Scope, names: readonly string[] | undefined): Conditions {
  if (!names?.length) return {};
  const arns = names.map((name) =>
    name.startsWith("arn:") ? name : regionalArn(scope, "ecs", `capacity-provider/${name}`),
  );
  return { "ecs:capacity-provider": arns };
}

/** Condition key of the KMS key that a cluster's configuration names for the disks of FARGATE tasks. */
export function ephemeralStorageKey(configuration: ClusterConfiguration | undefined): Conditions {
  const keyId = configuration?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId;
  return keyId === undefined ? {} : { "ecs:fargate-ephemeral-storage-kms-key": keyId };
}

/** Of a whole task, in CPU units and MiB, where they are given as such. */
export function sizeConditions({
  cpu,
  memory,
}: {
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
}): Conditions {
  return {
    ...(cpu !== undefined && { "ecs:task-cpu": cpu }),
    ...(memory !== undefined && { "ecs:task-memory": memory }),
  };
}
