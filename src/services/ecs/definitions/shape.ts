import type { TaskDefinition as ApiTaskDefinition } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { TaskDefinition } from "./definition.ts";

/** A task definition as the API shows it: with the names of secrets, never with their values. */
export function definitionShape({
  arn,
  registeredAt,
  deregisteredAt,
  deleteRequestedAt,
  plaintextFindings: _,
  ...definition
}: TaskDefinition): ApiTaskDefinition {
  return {
    ...definition,
    containerDefinitions: [...definition.containerDefinitions],
    taskDefinitionArn: arn,
    registeredAt: new Date(registeredAt),
    ...defined({ deregisteredAt: date(deregisteredAt), deleteRequestedAt: date(deleteRequestedAt) }),
  };
}

function date(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
