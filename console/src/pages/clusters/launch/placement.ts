import type { Input } from "../../../api/wire.ts";

type Given = Pick<Input<typeof import("@aws-sdk/client-ecs"), "RunTask">, "placementStrategy" | "placementConstraints">;

export const strategyTypes = ["spread", "binpack", "random"] as const;
export const constraintTypes = ["memberOf", "distinctInstance"] as const;

/** Of the machines that have room, which; as it is typed. `custom` says it in rules, the others are rules of one word. */
export interface PlacementForm {
  readonly placement: "none" | "spread" | "binpack" | "distinct" | "custom";
  readonly strategies: readonly StrategyRule[];
  readonly constraints: readonly ConstraintRule[];
}

export interface StrategyRule {
  readonly type: (typeof strategyTypes)[number];
  /** `instanceId`, `attribute:ecs.availability-zone`, `cpu` or `memory`. */
  readonly field: string;
}

export interface ConstraintRule {
  readonly type: (typeof constraintTypes)[number];
  /** In the cluster query language. */
  readonly expression: string;
}

export const noPlacement: PlacementForm = { placement: "none", strategies: [], constraints: [] };

const templates: Readonly<Record<Exclude<PlacementForm["placement"], "custom">, Given>> = {
  none: {},
  spread: { placementStrategy: [{ type: "spread", field: "instanceId" }] },
  binpack: { placementStrategy: [{ type: "binpack", field: "memory" }] },
  distinct: { placementConstraints: [{ type: "distinctInstance" }] },
};

/** The members that say it. What is not chosen is not among them. */
export function placementOf(form: PlacementForm): Given {
  const { placementStrategy = [], placementConstraints = [] } =
    form.placement === "custom" ? custom(form) : templates[form.placement];
  return {
    ...(placementStrategy.length > 0 && { placementStrategy: [...placementStrategy] }),
    ...(placementConstraints.length > 0 && { placementConstraints: [...placementConstraints] }),
  };
}

function custom({ strategies, constraints }: PlacementForm): Given {
  return {
    // What a type has no use for is refused.
    placementStrategy: strategies.map(({ type, field }) => ({ type, ...(type !== "random" && { field }) })),
    placementConstraints: constraints.map(({ type, expression }) => ({
      ...{ type, ...(type === "memberOf" && { expression }) },
    })),
  };
}

/** The form of what a service has. */
export function placementFormOf({ placementStrategy = [], placementConstraints = [] }: Given): PlacementForm {
  const strategies = placementStrategy.map(({ type = "random", field = "" }) => ({ type, field }));
  const constraints = placementConstraints.map(({ type = "memberOf", expression = "" }) => ({ type, expression }));
  const form: PlacementForm = { placement: "custom", strategies, constraints };
  const isThis = (placement: keyof typeof templates) =>
    JSON.stringify(placementOf({ ...noPlacement, placement })) === JSON.stringify(placementOf(form));
  const known = (Object.keys(templates) as (keyof typeof templates)[]).find(isThis);
  return known ? { ...noPlacement, placement: known } : form;
}
