import type { TaskDefinition as ApiTaskDefinition, ContainerDefinition } from "@aws-sdk/client-ecs";
import type { PlaintextFinding } from "../../../plaintext-secrets/index.ts";

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
  /** DELETE_IN_PROGRESS until nothing runs it any more. */
  readonly status: "ACTIVE" | "INACTIVE" | "DELETE_IN_PROGRESS";
  readonly containerDefinitions: readonly Container[];
  readonly registeredAt: number;
  readonly deregisteredAt?: number;
  /** What looked like a secret in plain text when it was registered; absent if nothing did. */
  readonly plaintextFindings?: readonly PlaintextFinding[];
  readonly deleteRequestedAt?: number;
}
