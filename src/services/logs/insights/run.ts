import { setImmediate } from "node:timers/promises";
import { readEvents } from "../events/read.ts";
import { expiry, type Group } from "../groups/group.ts";
import type { LogsStore } from "../store.ts";
import type { Plan, ResultField } from "./language/compile.ts";
import { pointerText } from "./pointer.ts";
import { eventRow } from "./row.ts";
import { budgetOf } from "./stages/stage.ts";
import type { Statistics } from "./statistics.ts";

/** Bytes that a query may hold at a time. */
const mostBytes = 256 * 1024 * 1024;

/** Bytes of batches that are held at a time. */
const held = 64 * 1024 * 1024;

/** Milliseconds after which a query lets others work. */
const slice = 15;

export interface QueryRun {
  readonly store: Pick<LogsStore, "streams" | "batches" | "keys">;
  readonly plan: Plan;
  readonly groups: readonly Group[];
  /** Milliseconds; both are part of the range. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds. */
  readonly now: number;
  /** Counted up while the query runs. */
  readonly statistics: Statistics;
  /** True to end it before it is done. */
  readonly isStopped: () => boolean;
}

/** Runs a query. May throw a `QueryTooLarge`, or a `KmsRefusal`. */
export async function runQuery(run: QueryRun): Promise<readonly (readonly ResultField[])[]> {
  const { store, plan, groups, statistics, isStopped } = run;
  const lines: (readonly ResultField[])[] = [];
  const sink = plan.start(
    (line) => lines.push(line),
    () => statistics.recordsMatched++,
    budgetOf(mostBytes),
  );
  let isWanted = true;
  let paused = performance.now();
  for (const group of groups) {
    if (!isWanted || isStopped()) break;
    const streams = await store.streams.names(group.id);
    const log = `${group.account}:${group.name}`;
    await readEvents(store, group, {
      range: {
        ...{ groupId: group.id, streamIds: undefined },
        from: Math.max(run.from, expiry(group, run.now)),
        to: run.to,
      },
      newestFirst: !plan.oldestFirst,
      after: undefined,
      take(event, streamId) {
        const logStream = streams.get(streamId);
        // The stream was deleted, or made after its names were read.
        if (logStream === undefined) return true;
        const { message, timestamp, ingestedAt: ingestionTime } = event;
        statistics.recordsScanned++;
        statistics.bytesScanned += Buffer.byteLength(message);
        const pointer = () =>
          pointerText({ account: group.account, group: group.name, stream: logStream, position: event });
        isWanted = sink.take(eventRow({ message, timestamp, ingestionTime, logStream, log, pointer }));
        return isWanted;
      },
      pause() {
        if (performance.now() - paused < slice) return undefined;
        return setImmediate().then(() => {
          paused = performance.now();
        });
      },
      isTired: isStopped,
      held,
    });
  }
  sink.end();
  return lines;
}
