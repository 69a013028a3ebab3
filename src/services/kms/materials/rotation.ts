import type { Key } from "../keys/key.ts";

export type RotationOutcome = "rotated" | "limit" | "nothing pending";

export interface MaterialPage {
  readonly all: boolean;
  readonly after: number;
  readonly limit: number;
}

/** A material of a key, without its secret. */
export interface Material {
  readonly version: number;
  /** 0 is the current one, -1 an earlier one, 1 one that waits for a rotation. */
  readonly place: -1 | 0 | 1;
  readonly id: string;
  readonly description: string | undefined;
  /** `false` where an imported one was deleted or has expired. */
  readonly isThere: boolean;
  readonly validTo: Date | undefined;
  /** When and how it became the current one; `undefined` for the first, and before its rotation. */
  readonly rotation: { readonly at: Date; readonly type: "AUTOMATIC" | "ON_DEMAND" } | undefined;
}

/** `true` if the key is due for rotation. A multi-Region key is rotated with its primary. */
export function isRotationDue(key: Key, now: number): boolean {
  if (key.state !== "Enabled" || key.rotatesAt === undefined || key.rotatesAt.getTime() > now) return false;
  return key.primaryRegion === undefined || key.primaryRegion === key.region;
}
