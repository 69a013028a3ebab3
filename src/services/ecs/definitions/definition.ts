import type { TaskDefinition as ApiTaskDefinition, ContainerDefinition } from "@aws-sdk/client-ecs";

/** A container's definition with its defaults filled in. */
export interface Container extends ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly cpu: number;
  readonly essential: boolean;
}

/** A revision as it is stored. Only its status changes. Times are milliseconds since 1970. */
export interface TaskDefinition
  extends Omit<
    ApiTaskDefinition,
    "taskDefinitionArn" | "containerDefinitions" | "registeredAt" | "deregisteredAt" | "deleteRequestedAt"
  > {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly containerDefinitions: readonly Container[];
  readonly registeredAt: number;
  readonly deregisteredAt?: number;
}
