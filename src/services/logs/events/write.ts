import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Logs } from "../context.ts";
import type { Group } from "../groups/group.ts";
import type { Stream } from "../streams/records.ts";
import { type InputEvent, perEvent } from "./accept.ts";
import { type Block, blockOf, pack, releaseBlock } from "./block.ts";
import { newBatchId, type Position } from "./event-id.ts";
import { release } from "./release.ts";

/**
 * Writes events of one request, in their order. Resolves to the last one's position when they survive a crash. A call that
 * comes again with the same `identity` and events is kept once. May throw a `KmsRefusal`.
 */
export async function writeEvents(
  { store, ids }: Pick<Logs, "store" | "ids">,
  group: Group,
  stream: Stream,
  events: readonly InputEvent[],
  { time, identity }: { readonly time: Date; readonly identity: string | undefined },
): Promise<Position | undefined> {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const id = newBatchId(ids, time);
  const ingestedAt = time.getTime();
  const block = blockOf({ batch: id, ingestedAt }, events);
  const size = block.text.length + events.length * perEvent;
  const packing = pack(block);
  const key = await store.keys.get(group, group.keyId);
  const packed = await packing;
  const data = key.seal(packed, id);
  release(packed);
  await store.batches.add({
    ...{ id, groupId: group.id, streamId: stream.id, keyId: group.keyId, ingestedAt },
    ...{ firstAt: first.timestamp, lastAt: last.timestamp, events: events.length, size },
    invocation: identity === undefined ? undefined : digest(identity, block),
    data,
  });
  release(data);
  releaseBlock(block);
  return { timestamp: last.timestamp, batch: id, index: events.length - 1 };
}

/** The events are part of it: a client may have one id for all of its calls. */
function digest(identity: string, { columns: { timestamps }, text }: Block): string {
  const events = [timestamps.length, timestamps[0], crc32(text)];
  return createHash("sha256")
    .update(JSON.stringify([identity, events]))
    .digest("base64url");
}
