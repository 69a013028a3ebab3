import type { PlacementConstraint, PlacementStrategy } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../errors.ts";
import { isExpression } from "../instances/attribute-query.ts";
import type { LaunchType } from "../tasks/launch-type.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const mostConstraints = 10;
const mostStrategies = 5;

export interface PlacementInput {
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined;
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined;
}

/**
 * Throws AWS's refusal of placement constraints and strategies that are malformed, too many, or not for Fargate. The
 * definition's own constraints count.
 */
export function checkPlacement(
  { placementConstraints: constraints = [], placementStrategy: strategies = [] }: PlacementInput,
  launchType: LaunchType,
  ofDefinition: readonly unknown[] = [],
): void {
  if (constraints.length + ofDefinition.length > mostConstraints) {
    throw invalidParameter(`Maximum number of constraints is ${mostConstraints}.`);
  }
  if (strategies.length > mostStrategies) throw invalidParameter(`Maximum number of strategies is ${mostStrategies}.`);
  if (launchType === "FARGATE" && constraints.length > 0) {
    throw invalidParameter("Placement constraints are not supported with FARGATE launch type.");
  }
  if (launchType === "FARGATE" && strategies.length > 0) {
    throw invalidParameter("Placement strategies are not supported with FARGATE launch type.");
  }
  for (const constraint of constraints) checkConstraint(constraint);
  for (const strategy of strategies) checkStrategy(strategy);
}

function checkConstraint({ type, expression }: PlacementConstraint): void {
  if (type === undefined) throw invalidParameter("Placement constraint type cannot be empty.");
  if (type === "distinctInstance" && expression) {
    throw invalidParameter("distinctInstance expression should not be specified.");
  }
  if (type !== "memberOf") return;
  if (!expression) throw invalidParameter("memberOf expression cannot be empty.");
  if (!isExpression(expression)) throw invalidParameter(`Invalid memberOf expression: '${expression.slice(0, 200)}'`);
}

function checkStrategy({ type, field = "" }: PlacementStrategy): void {
  if (type === undefined) throw invalidParameter("Placement strategy type cannot be empty.");
  if (type === "random" && field) throw invalidParameter("random field should not be specified.");
  if (type === "binpack" && !/^(cpu|memory)$/i.test(field)) {
    throw invalidParameter(`binpack field '${field}' is invalid.`);
  }
  if (type === "spread" && !/^(instanceId|host|attribute:[A-Za-z0-9_./\\-]{1,128})$/i.test(field)) {
    throw invalidParameter(`spread field '${field}' is invalid.`);
  }
}
