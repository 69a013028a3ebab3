import type { Tag } from "@aws-sdk/client-ecs";
import { regionalArn } from "../../../arn.ts";
import { parseTaskDefinition, refuseOtherRegion, type Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { clientError, definitionInactive } from "../errors.ts";
import type { TaskDefinition } from "./definition.ts";

/** The revision that a request means, active or not. */
export interface FoundDefinition {
  /** The revision's ARN. Where there is no such revision, the ARN that the request asks for. */
  readonly arn: string;
  readonly definition: TaskDefinition | undefined;
  readonly tags: readonly Tag[];
}

/** The revision given by `family` (its newest active one), `family:revision` or an ARN. */
export async function findDefinition(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  reference: string,
): Promise<FoundDefinition> {
  refuseOtherRegion(scope, reference);
  const parsed = parseTaskDefinition(scope, reference);
  const definition = parsed && (await store.definitions.find(scope, parsed.family, parsed.revision));
  const asked = reference.startsWith("arn:") ? reference : regionalArn(scope, "ecs", `task-definition/${reference}`);
  return {
    arn: definition?.arn ?? asked,
    definition,
    tags: definition ? await store.tags.get(definition.arn) : [],
  };
}

/** The revision for new tasks to run. Throws AWS's refusal where there is none or it was deregistered. */
export function activeDefinition({ definition }: FoundDefinition): TaskDefinition {
  if (!definition) throw clientError("TaskDefinition not found.");
  if (definition.status !== "ACTIVE") throw definitionInactive();
  return definition;
}
