import type { TagPair } from "../../../parts/tags.tsx";

/** What a service does when its secrets change. It is kept in tags of the service. */
export interface RotationChoice {
  readonly redeploys: boolean;
  /** `all`, or the names of the secrets that count, parted by blanks. */
  readonly which: string;
  /** Seconds; empty for the usual. */
  readonly quiet: string;
  readonly pins: boolean;
}

const redeployTag = "sealift:redeploy-on-rotation";
const quietTag = "sealift:redeploy-quiet-seconds";
const pinTag = "sealift:pin-secrets";

/** The keys of these tags. */
export const rotationTags: readonly string[] = [redeployTag, quietTag, pinTag];

export const noRotation: RotationChoice = { redeploys: false, which: "all", quiet: "", pins: false };

export function tagsOfChoice({ redeploys, which, quiet, pins }: RotationChoice): readonly TagPair[] {
  return [
    ...(redeploys ? [{ key: redeployTag, value: which.trim() || "all" }] : []),
    ...(redeploys && quiet.trim() !== "" ? [{ key: quietTag, value: quiet.trim() }] : []),
    ...(pins ? [{ key: pinTag, value: "true" }] : []),
  ];
}

export function choiceOfTags(tags: readonly TagPair[]): RotationChoice {
  const value = (wanted: string) => tags.find(({ key }) => key === wanted)?.value;
  const pinned = value(pinTag);
  return {
    redeploys: value(redeployTag) !== undefined,
    which: value(redeployTag) ?? "all",
    quiet: value(quietTag) ?? "",
    pins: pinned !== undefined && pinned !== "false",
  };
}
