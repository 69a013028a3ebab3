/** Bytes that a client is asked to send with each part. */
export const partSize = 10 * 1024 * 1024;

/** Bytes that each part but the last must have at least. */
const smallestPart = 5 * 1024 * 1024;

/** AWS's quota of the parts of a layer. */
export const mostParts = 4_200;

/** Milliseconds after which an upload that was not completed is dropped. */
export const uploadLife = 24 * 60 * 60 * 1000;

/** A layer that comes in parts. */
export interface LayerUpload {
  readonly id: string;
  readonly startedAt: Date;
  /** The path at which the registry takes what follows; it changes with every part. */
  readonly location: string;
  /** Bytes that came. */
  readonly received: number;
  readonly parts: number;
  /** Bytes of the smallest part but the last one; `undefined` until there are two. */
  readonly smallest: number | undefined;
  /** Bytes of the last part. */
  readonly last: number;
}

/** What an upload is once a part has come. `location` is where the next one goes. */
export function withPart(upload: LayerUpload, bytes: number, location: string): LayerUpload {
  const { received, parts, last, smallest = last } = upload;
  return {
    ...{ ...upload, location, received: received + bytes, parts: parts + 1, last: bytes },
    smallest: parts === 0 ? undefined : Math.min(smallest, last),
  };
}

export function hasSmallPart({ smallest }: LayerUpload): boolean {
  return smallest !== undefined && smallest < smallestPart;
}

/** True if a part says of its bytes what they are, and begins where those before it ended. */
export function follows(
  { received }: LayerUpload,
  part: { readonly first: number; readonly last: number; readonly bytes: number },
): boolean {
  return part.bytes > 0 && part.first === received && part.last === received + part.bytes - 1;
}
