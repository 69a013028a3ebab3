import type { Clock } from "../../../clock.ts";
import { invokeLambda, LambdaFailure } from "../../../lambda-endpoint.ts";
import { kmsRefusalOf } from "../../kms/index.ts";
import { eventAt } from "../events/block.ts";
import { openBatch } from "../events/open.ts";
import { compilePattern } from "../filters/pattern.ts";
import { selectMatches } from "../filters/select.ts";
import type { Group } from "../groups/group.ts";
import type { LogsStore } from "../store.ts";
import { lambdaEvent } from "./document.ts";
import { functionNameIn, longestBacklog, type Progress, type Subscription } from "./subscription.ts";

/** Milliseconds by which a batch may be stored after it came. */
const late = 5_000;

/** Batches of a round. */
const mostBatches = 200;

/** Milliseconds of an invocation, and between tries: the first, and the longest. */
const [patience, firstPause, longestPause] = [30_000, 1_000, 5 * 60_000];

/** Milliseconds after which progress is written down where nothing was delivered. */
const restful = 60_000;

export interface DelivererOptions {
  readonly store: LogsStore;
  readonly clock: Clock;
  /** URLs of the operator's functions, by name. Nothing else is ever called. */
  readonly functions: ReadonlyMap<string, string>;
  onError(error: unknown): void;
}

interface State {
  running: Promise<void> | undefined;
  /** Milliseconds; 0 after a success. */
  pause: number;
  nextAt: number;
}

/** Delivers what subscription filters select. May be done twice at a time: events may come more than once, as on AWS. */
export interface Deliverer {
  /** Begins with all subscriptions that are not being worked on. */
  deliver(): Promise<void>;
  /** Resolves when no delivery is under way. */
  idle(): Promise<void>;
}

export function deliverer({ store, clock, functions, onError }: DelivererOptions): Deliverer {
  const states = new Map<string, State>();
  const now = () => clock.now().getTime();

  async function work(subscription: Subscription, state: State): Promise<void> {
    try {
      // Goes on as long as there is a backlog.
      while (await deliverSome(subscription)) state.pause = 0;
      state.pause = 0;
    } catch (error) {
      state.pause = Math.min(Math.max(state.pause * 2, firstPause), longestPause);
      state.nextAt = now() + state.pause;
      // It is tried again; what is wrong is the endpoint's or the key's.
      if (!(error instanceof LambdaFailure) && !kmsRefusalOf(error)) throw error;
    }
  }

  /** True if there may be more. */
  async function deliverSome(subscription: Subscription): Promise<boolean> {
    const [group, known] = [
      await store.groups.findById(subscription.groupId),
      await store.subscriptions.progress(subscription),
    ];
    const url = functions.get(functionNameIn(subscription.destinationArn) ?? "");
    if (!group || !known) return false;
    if (url === undefined) throw new LambdaFailure("is not one of this server's");
    const time = now();
    const from = Math.max(known.deliveredTo, time - longestBacklog);
    const delivered = new Map(known.delivered);
    const found = await store.batches.since([group.id], from, mostBatches + delivered.size);
    const fresh = found.filter(({ id }) => !delivered.has(id));
    const names = await store.streams.namesOf([...new Set(fresh.map(({ streamId }) => streamId))]);
    const select = selectMatches(compilePattern(subscription.pattern));
    let hasDelivered = false;
    try {
      for (const batch of fresh) {
        const logStream = names.get(batch.streamId);
        const block = logStream === undefined ? undefined : await openBatch(store, group, batch);
        const events = block ? [...select(block)].map((number) => eventAt(block, number)) : [];
        if (logStream !== undefined && events.length > 0) {
          await send(url, group, logStream, subscription, events);
          hasDelivered = true;
        }
        delivered.set(batch.id, batch.ingestedAt);
      }
    } catch (error) {
      if (hasDelivered) {
        await store.subscriptions.setProgress(subscription, { deliveredTo: from, delivered: [...delivered] });
      }
      throw error;
    }
    const isFull = fresh.length >= mostBatches;
    const progress = advanced(delivered, from, isFull ? (fresh.at(-1)?.ingestedAt ?? from) : time);
    if (hasDelivered || isFull || progress.deliveredTo - known.deliveredTo > restful) {
      await store.subscriptions.setProgress(subscription, progress);
    }
    return isFull;
  }

  async function send(
    url: string,
    group: Group,
    logStream: string,
    { name }: Subscription,
    events: Parameters<typeof lambdaEvent>[0]["events"],
  ): Promise<void> {
    const delivery = { owner: group.account, logGroup: group.name, logStream, subscriptionFilters: [name], events };
    await invokeLambda(url, await lambdaEvent(delivery), AbortSignal.timeout(patience));
  }

  return {
    async deliver() {
      const subscriptions = await store.subscriptions.all();
      for (const subscription of subscriptions) {
        const key = JSON.stringify([subscription.groupId, subscription.name]);
        const state = states.get(key) ?? { running: undefined, pause: 0, nextAt: 0 };
        states.set(key, state);
        if (state.running || now() < state.nextAt) continue;
        state.running = work(subscription, state)
          .catch(onError)
          .finally(() => {
            state.running = undefined;
          });
      }
    },
    async idle() {
      await Promise.all([...states.values()].map(({ running }) => running));
    },
  };
}

/** What came up to `time` is delivered, but for what may still be stored. */
function advanced(delivered: ReadonlyMap<string, number>, from: number, time: number): Progress {
  const deliveredTo = Math.max(from, time - late);
  return { deliveredTo, delivered: [...delivered].filter(([, came]) => came >= deliveredTo) };
}
