import type { HeldSecret } from "../../../acs/held-secrets.ts";
import type { CurrentVersion, CurrentVersions, SecretReference } from "./references.ts";

/** A secret that a container would get in another version if it started now. */
export interface StaleSecret extends CurrentVersion {
  readonly container: string;
}

/** A held version and what has become of it: `gone` means that its secret is not there any more. */
export interface HeldState extends HeldSecret {
  readonly state: "current" | "stale" | "gone";
}

/** Each reference with what it means now. Several tasks may share one. */
export type Resolved = readonly { readonly reference: SecretReference; readonly now: readonly CurrentVersion[] }[];

export async function resolveAll(
  references: readonly SecretReference[],
  currentVersions: CurrentVersions,
): Promise<Resolved> {
  return Promise.all(references.map(async (reference) => ({ reference, now: await currentVersions(reference) })));
}

/** One look at the stores: references that are alike are resolved once. */
export function oneLook(currentVersions: CurrentVersions): CurrentVersions {
  const known = new Map<string, Promise<readonly CurrentVersion[]>>();
  return (reference) => {
    const { container: _, valueFrom: __, ...meant } = reference;
    const key = JSON.stringify(meant);
    const found = known.get(key) ?? currentVersions(reference);
    known.set(key, found);
    return found;
  };
}

/**
 * What a task's containers would get anew. A secret that nobody told of is not stale, nor is one that is gone. Of a path, a
 * parameter that is new counts, too. Pure.
 */
export function staleSecrets(held: readonly HeldSecret[], resolved: Resolved): readonly StaleSecret[] {
  return resolved.flatMap(({ reference: { container, isPath }, now }) => {
    const own = held.filter(({ containers }) => containers.includes(container));
    return now.flatMap(({ arn, version }) => {
      const versions = own.filter((one) => one.arn === arn).map((one) => one.version);
      const isKnown = isPath ? own.length > 0 : versions.length > 0;
      return isKnown && !versions.includes(version) ? [{ container, arn, version }] : [];
    });
  });
}

/** Each held version with its state. Pure. */
export function statesOf(held: readonly HeldSecret[], resolved: Resolved): readonly HeldState[] {
  return held.map((one) => {
    const meant = resolved
      .filter(({ reference }) => one.containers.includes(reference.container))
      .flatMap(({ now }) => now)
      .filter(({ arn }) => arn === one.arn);
    const isCurrent = meant.some(({ version }) => version === one.version);
    return { ...one, state: isCurrent ? "current" : meant.length > 0 ? "stale" : "gone" };
  });
}
