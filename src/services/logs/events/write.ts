import type { Logs } from "../context.ts";
import type { Group } from "../groups/group.ts";
import type { Stream } from "../streams/records.ts";
import { type InputEvent, sizeOf } from "./accept.ts";
import { blockOf, type LogEvent, pack } from "./block.ts";
import { newBatchId, type Position } from "./event-id.ts";

/**
 * Writes events of one request, in their order. Resolves to the last one's position when they survive a crash. May throw a
 * `KmsRefusal`.
 */
export async function writeEvents(
  { store, ids }: Pick<Logs, "store" | "ids">,
  group: Group,
  stream: Stream,
  events: readonly InputEvent[],
  time: Date,
): Promise<Position | undefined> {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const id = newBatchId(ids, time);
  const ingestedAt = time.getTime();
  const positioned = events.map((event, index): LogEvent => ({ ...event, batch: id, index, ingestedAt }));
  const key = await store.keys.get(group, group.keyId);
  await store.batches.add({
    ...{ id, groupId: group.id, streamId: stream.id, keyId: group.keyId, ingestedAt },
    ...{ firstAt: first.timestamp, lastAt: last.timestamp, events: events.length, size: sizeOf(events) },
    data: key.seal(await pack(blockOf(positioned)), id),
  });
  return { timestamp: last.timestamp, batch: id, index: events.length - 1 };
}
