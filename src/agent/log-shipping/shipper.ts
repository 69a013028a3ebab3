import { pause, type Timers } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { LogLine, Logs } from "../../runtime/logs.ts";
import { growingDelay } from "../link/growing-delay.ts";
import { type Batch, batches } from "./batches.ts";
import type { LinePosition, ShippedEvent } from "./events.ts";
import type { AwslogsOptions } from "./options.ts";
import type { ShippingState } from "./shipping-state.ts";

/** Milliseconds for which output waits for more, as with Docker's driver; for the rest of a line it waits longer. */
const patience = 5_000;

/** Milliseconds between two looks whether a container that ended runs again. */
const betweenRuns = 500;

export interface ShipperOptions {
  /** The runtime's id of the container. */
  readonly container: string;
  readonly options: Pick<AwslogsOptions, "first">;
  readonly logs: Logs;
  readonly saved: ShippingState | undefined;
  save(state: ShippingState): Promise<void>;
  /** Delivers events. `id` is that of the call. Rejects with `Undeliverable` where it is of no use to try it again. */
  put(events: readonly ShippedEvent[], id: string): Promise<void>;
  /** The container has ended for good. */
  isOver(): boolean;
  readonly signal: AbortSignal;
  readonly timers: Timers;
  readonly ids: Pick<Ids, "uuid">;
  readonly log: Log;
}

/** CloudWatch Logs refused it for good; the driver would drop it, too. */
export class Undeliverable extends Error {}

/**
 * Delivers a container's output until it has ended or the signal is aborted. What it is about to deliver is on the disk before, as a
 * place in the output and the id of the call: after a kill the same lines are sent with the same id.
 */
export async function ship(options: ShipperOptions): Promise<void> {
  const { signal, save, ids, timers, log, container } = options;
  let { at } = options.saved ?? {};

  async function deliver({ events, to }: Batch, id: string, isSaved: boolean): Promise<void> {
    if (!isSaved) await save({ ...defined({ at }), sending: { to, id } });
    const delay = growingDelay(500, 10_000);
    for (let isFirst = true; events.length > 0; isFirst = false) {
      try {
        await options.put(events, id);
        break;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Undeliverable) {
          log.warn({ container, err: error, events: events.length }, "A container's output was refused and is dropped");
          break;
        }
        if (isFirst) log.warn({ container, err: error }, "Cannot deliver a container's output yet");
      }
      await pause(timers, delay.next(), signal);
      if (signal.aborted) return;
    }
    at = to;
    await save({ at });
  }

  /** What an agent that was killed was about to deliver. */
  async function deliverAgain({ to, id }: NonNullable<ShippingState["sending"]>): Promise<void> {
    const collected = batches(options.options.first, at);
    for await (const line of read(false)) {
      collected.push(line);
      if (isSame(collected.last, to)) break;
    }
    const batch = collected.flush();
    if (batch && isSame(batch.to, to)) await deliver(batch, id, true);
    else log.warn({ container }, "Output that was being delivered is not there any more");
  }

  function read(follow: boolean): AsyncIterable<LogLine> {
    return options.logs.read(container, { follow, signal, ...defined({ since: at?.time }) });
  }

  /** Follows the output of one run. */
  async function follow(): Promise<void> {
    const collected = batches(options.options.first, at);
    const reading = read(true)[Symbol.asyncIterator]();
    let since = Number.NaN;
    try {
      for (let next = reading.next(); ; ) {
        if (!collected.isWaiting) since = Number.NaN;
        else if (Number.isNaN(since)) since = performance.now();
        const result = await within(next, Number.isNaN(since) ? undefined : since + patience - performance.now());
        if (signal.aborted) return;
        if (result?.done) break;
        const batch = result ? collected.push(result.value) : collected.flush();
        if (batch) await deliver(batch, ids.uuid(), false);
        if (batch && !result) since = Number.NaN;
        if (signal.aborted) return;
        if (result) next = reading.next();
      }
    } finally {
      await reading.return?.();
    }
    const rest = collected.flush();
    if (rest) await deliver(rest, ids.uuid(), false);
  }

  /** `undefined` where it takes longer. */
  async function within<T>(work: Promise<T>, milliseconds: number | undefined): Promise<T | undefined> {
    if (milliseconds === undefined) return work;
    const over = new AbortController();
    const late = pause(timers, Math.max(milliseconds, 0), AbortSignal.any([over.signal, signal])).then(() => undefined);
    try {
      return await Promise.race([work, late]);
    } finally {
      over.abort();
    }
  }

  if (options.saved?.sending) await deliverAgain(options.saved.sending);
  while (!signal.aborted) {
    // Asked before: what it printed until its end is read then.
    const isLast = options.isOver();
    await follow();
    if (signal.aborted) return;
    if (isLast) return save({ ...defined({ at }), isDone: true });
    await pause(timers, betweenRuns, signal);
  }
}

function isSame(one: LinePosition | undefined, other: LinePosition): boolean {
  return one !== undefined && one.time === other.time && one.count === other.count;
}
