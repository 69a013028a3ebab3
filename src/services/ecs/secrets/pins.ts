import { type CurrentVersion, entriesOf } from "./references.ts";

/** What each reference of a deployment's definition meant when it began, by `valueFrom`. */
export type Pins = Readonly<Record<string, readonly CurrentVersion[]>>;

/** A reference that names the version that it is pinned to; itself where it is not pinned. */
export function pinnedReference(valueFrom: string, pins: Pins | undefined): string {
  const [pinned] = pins?.[valueFrom] ?? [];
  return pinned ? withVersion(valueFrom, pinned.version) : valueFrom;
}

function withVersion(valueFrom: string, version: string): string {
  const sections = valueFrom.split(":");
  if (sections[2] === "secretsmanager") return `${sections.slice(0, 7).join(":")}:${sections[7] ?? ""}::${version}`;
  const isArn = sections[0] === "arn";
  return `${sections.slice(0, isArn ? 6 : 1).join(":")}:${version}`;
}

/** The entries of a container's label for whole secrets and paths, each with the versions in its place. */
export function pinnedEntries(
  dockerLabels: Readonly<Record<string, string>> | undefined,
  pins: Pins | undefined,
): Readonly<Record<string, readonly string[]>> | undefined {
  const pinned = entriesOf(dockerLabels).flatMap((entry) => {
    const versions = pins?.[entry];
    if (!versions?.length) return [];
    const isSecret = entry.split(":")[2] === "secretsmanager";
    return [[entry, versions.map(({ arn, version }) => withVersion(isSecret ? entry : arn, version))] as const];
  });
  return pinned.length > 0 ? Object.fromEntries(pinned) : undefined;
}
