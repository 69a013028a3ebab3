/** What AWS's public parameters said on a day. `scripts/public-parameters.ts` writes it. */
export interface Snapshot {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Where it comes from. */
  readonly source: string;
  /** By region: its texts, and its zones in lists. */
  readonly regions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** By name. */
  readonly services: Readonly<Record<string, ServiceEntry>>;
  /** Below `/aws/service/ecs/optimized-ami/`. */
  readonly optimizedImages: Readonly<Record<string, readonly ImageGroup[]>>;
  /** Below `/aws/service/ami-amazon-linux-latest/`, by region: the image's id, the parameter's version and Unix time. */
  readonly linuxImages: Readonly<Record<string, Readonly<Record<string, readonly [string, number, number]>>>>;
}

/** Long name, home page, and endpoint and protocols with the regions that have these, as `regionDigits`. */
type ServiceEntry = readonly [string | null, string | null, ...(readonly [string | null, string | null, string])[]];

/** Regions that recommend images of one version. */
export interface ImageGroup {
  /** The parameter's JSON without its `image_id`. */
  readonly record: Readonly<Record<string, unknown>>;
  /** The names of the parameters below it. */
  readonly parts: readonly string[];
  /** The image's id by region. */
  readonly ids: Readonly<Record<string, string>>;
}

/** One for each region, in the order of their names. */
export const regionDigits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

let loading: Promise<Snapshot> | undefined;

/** The snapshot, read when it is first asked for. */
export function snapshot(): Promise<Snapshot> {
  loading ??= import("./snapshot.json", { with: { type: "json" } }).then(
    ({ default: read }) => read as unknown as Snapshot,
  );
  return loading;
}
