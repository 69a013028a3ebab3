import type { Tag } from "@aws-sdk/client-ecs";
import { parseArn, regionalArn } from "../../../arn.ts";
import { isOwn, parseTaskDefinition, refuseOtherRegion, type Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { clientError, definitionInactive, invalidParameter } from "../errors.ts";
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
  refuseRevision(scope, reference);
  const parsed = parseTaskDefinition(scope, reference);
  const definition = parsed && (await store.definitions.find(scope, parsed.family, parsed.revision));
  const asked = reference.startsWith("arn:") ? reference : regionalArn(scope, "ecs", `task-definition/${reference}`);
  return {
    arn: definition?.arn ?? asked,
    definition,
    tags: definition ? await store.tags.get(definition.arn) : [],
  };
}

/** Throws AWS's refusal of a revision that is no number. */
function refuseRevision(scope: Scope, reference: string): void {
  const isArn = reference.startsWith("arn:");
  if (isArn && !isOwn(scope, reference)) return;
  const resource = isArn ? parseArn(reference)?.resource : `task-definition/${reference}`;
  const revision = /^task-definition\/[A-Za-z0-9_-]+:(.*)$/.exec(resource ?? "")?.[1];
  if (revision !== undefined && !/^\d{1,9}$/.test(revision)) {
    throw invalidParameter(`Invalid revision number. Number: ${revision}`);
  }
}

/** The revision for new tasks to run. Throws AWS's refusal where there is none or it was deregistered. */
export function activeDefinition({ definition }: FoundDefinition): TaskDefinition {
  if (!definition) throw clientError("TaskDefinition not found.");
  if (definition.status !== "ACTIVE") throw definitionInactive();
  return definition;
}
