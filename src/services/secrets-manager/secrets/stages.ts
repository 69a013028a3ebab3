import { ApiError } from "../../../model/api-error.ts";
import { lazySdk } from "../../../model/lazy-sdk.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-secrets-manager")>("@aws-sdk/client-secrets-manager");

/** Staging labels and the version that each is attached to. */
export type Stages = ReadonlyMap<string, string>;

export const current = "AWSCURRENT";
export const previous = "AWSPREVIOUS";
export const pending = "AWSPENDING";

/** AWS's quota of labels attached across all versions of a secret. */
const maximumStages = 20;

/**
 * Attaches labels to a version, taking them from where they were. A version that loses AWSCURRENT gets AWSPREVIOUS and
 * loses AWSPENDING.
 */
export function attach(stages: Stages, labels: Iterable<string>, versionId: string): Stages {
  const next = new Map(stages);
  for (const label of labels) next.set(label, versionId);
  const replaced = stages.get(current);
  if (replaced !== undefined && next.get(current) !== replaced) {
    next.set(previous, replaced);
    if (next.get(pending) === replaced) next.delete(pending);
  }
  return next;
}

export function detach(stages: Stages, label: string): Stages {
  const next = new Map(stages);
  next.delete(label);
  return next;
}

/** The labels of one version, sorted as AWS shows them. */
export function stagesOf(stages: Stages, versionId: string): string[] {
  return [...stages]
    .filter(([, holder]) => holder === versionId)
    .map(([label]) => label)
    .sort();
}

/** Labelled versions with their labels; `undefined` if there are none. */
export function versionsToStages(stages: Stages): Record<string, string[]> | undefined {
  if (stages.size === 0) return undefined;
  return Object.fromEntries([...new Set(stages.values())].map((id) => [id, stagesOf(stages, id)]));
}

export function sameStages(one: Stages, other: Stages): boolean {
  return one.size === other.size && [...one].every(([label, id]) => other.get(label) === id);
}

/** Throws if a secret would have more labels than AWS's quota. */
export function refuseTooManyStages(stages: Stages): void {
  if (stages.size <= maximumStages) return;
  throw new ApiError(
    sdk().LimitExceededException$,
    `You can't attach more than ${maximumStages} staging labels across all versions of a secret.`,
  );
}
