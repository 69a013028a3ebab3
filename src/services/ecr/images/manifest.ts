import { createHash } from "node:crypto";

/** What a manifest says of itself. */
export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly artifactMediaType: string | undefined;
  /** Bytes of the layers; `undefined` of a list of images. */
  readonly size: number | undefined;
  /** Digests of the images that it lists. */
  readonly children: readonly string[];
}

const dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

/** Reads a manifest; `undefined` if it is none. `mediaType` is what its sender says that it is. */
export function readManifest(bytes: Uint8Array, mediaType: string | undefined): Manifest | undefined {
  const content = parse(Buffer.from(bytes).toString());
  if (content?.schemaVersion !== 2) return undefined;
  const { layers, manifests, config } = content;
  const stated = typeof content.mediaType === "string" ? content.mediaType : undefined;
  const configType = isObject(config) && typeof config.mediaType === "string" ? config.mediaType : undefined;
  return {
    digest: digestOf(bytes),
    mediaType: mediaType ?? stated ?? dockerManifest,
    artifactMediaType: typeof content.artifactType === "string" ? content.artifactType : configType,
    size: Array.isArray(layers) ? layers.reduce((sum, layer) => sum + sizeIn(layer), 0) : undefined,
    children: Array.isArray(manifests) ? manifests.map(digestIn).filter((digest) => digest !== undefined) : [],
  };
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sizeIn(layer: unknown): number {
  return isObject(layer) && Number.isSafeInteger(layer.size) ? Number(layer.size) : 0;
}

function digestIn(entry: unknown): string | undefined {
  return isObject(entry) && typeof entry.digest === "string" ? entry.digest : undefined;
}
