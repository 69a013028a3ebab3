import type { LiveTailSessionLogEvent, StartLiveTailResponseStream } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../model/call.ts";
import type { Logs } from "../context.ts";
import { eventAt } from "../events/block.ts";
import { messageFor } from "../events/masking.ts";
import { openBatch } from "../events/open.ts";
import type { Filter } from "../filters/filter.ts";
import { selectMatches } from "../filters/select.ts";
import { type Group, groupArn } from "../groups/group.ts";

/** Milliseconds between updates, and that a session lasts: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
const [interval, longest] = [1_000, 3 * 60 * 60 * 1000];

/** Events of an update; of more, the first ones are shown. */
const mostEvents = 500;

/** Milliseconds by which a batch may be stored after it came. */
const late = 5_000;

/** Batches that are looked at for an update. */
const mostBatches = 1_000;

export interface Tail {
  readonly groups: readonly Group[];
  isWanted(streamName: string): boolean;
  readonly filter: Filter;
}

type Update = { readonly sessionUpdate: NonNullable<StartLiveTailResponseStream["sessionUpdate"]> };
type Timeout = { readonly SessionTimeoutException: Error };

/** What comes from now on, once a second, until the session is over or the client goes away. */
export async function* liveTail(
  { store, clock, timers }: Logs,
  call: Pick<Call, "partition" | "extensions">,
  { groups, isWanted, filter }: Tail,
): AsyncGenerator<Update | Timeout> {
  const select = selectMatches(filter);
  const byId = new Map(groups.map((group) => [group.id, group]));
  const began = clock.now().getTime();
  let seen = new Set((await store.batches.since([...byId.keys()], began - late, mostBatches)).map(({ id }) => id));

  async function eventsOf(group: Group, batch: Parameters<typeof openBatch>[2], streamName: string) {
    const block = await openBatch(store, group, batch);
    const events: LiveTailSessionLogEvent[] = [];
    for (const number of block ? select(block) : []) {
      if (!block || events.length > mostEvents) break;
      const event = eventAt(block, number);
      const { timestamp, ingestedAt: ingestionTime } = event;
      const message = messageFor(call, event);
      const logGroupIdentifier = groupArn({ ...group, partition: call.partition }, group.name);
      events.push({ logStreamName: streamName, logGroupIdentifier, message, timestamp, ingestionTime });
    }
    return events;
  }

  while (clock.now().getTime() - began < longest) {
    const since = clock.now().getTime() - late;
    await new Promise<void>((resolve) => void timers.after(interval, resolve));
    const batches = await store.batches.since([...byId.keys()], since, mostBatches);
    const fresh = batches.filter(({ id }) => !seen.has(id));
    seen = new Set(batches.map(({ id }) => id));
    const names = await store.streams.namesOf([...new Set(fresh.map(({ streamId }) => streamId))]);
    const results: LiveTailSessionLogEvent[] = [];
    for (const batch of fresh) {
      const [group, name] = [byId.get(batch.groupId), names.get(batch.streamId)];
      if (group === undefined || name === undefined || !isWanted(name)) continue;
      results.push(...(await eventsOf(group, batch, name)));
      if (results.length > mostEvents) break;
    }
    const sampled = results.length > mostEvents || batches.length === mostBatches;
    yield { sessionUpdate: { sessionMetadata: { sampled }, sessionResults: results.slice(0, mostEvents) } };
  }
  yield { SessionTimeoutException: new Error("The session has been open for three hours") };
}
