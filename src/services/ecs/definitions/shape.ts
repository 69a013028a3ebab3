import type { TaskDefinition as ApiTaskDefinition } from "@aws-sdk/client-ecs";
import type { TaskDefinition } from "../model.ts";

/** A task definition as the API shows it: names of secrets, never their values. */
export function describeDefinition({
  arn,
  registeredAt,
  deregisteredAt,
  ...definition
}: TaskDefinition): ApiTaskDefinition {
  return {
    ...definition,
    containerDefinitions: [...definition.containerDefinitions],
    taskDefinitionArn: arn,
    registeredAt: new Date(registeredAt),
    ...(deregisteredAt !== undefined && { deregisteredAt: new Date(deregisteredAt) }),
  };
}
