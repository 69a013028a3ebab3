import type { Ids } from "../../../ids.ts";

/** Where an event stands among all events of a group: by its timestamp, then in the order in which events came. */
export interface Position {
  readonly timestamp: number;
  /** The timed UUID of the PutLogEvents that brought it. */
  readonly batch: string;
  /** Its place in that request. */
  readonly index: number;
}

const digits = 56;
const batchDigits = 34;
const indexDigits = 5;
const form = /^\d{56}$/;

/** The last bits of a UUID do not fit. They are 0 in ids of batches. */
const dropped = 16n;

/** The id of a batch that came at `time`. */
export function newBatchId(ids: Pick<Ids, "timedUuid">, time: Date): string {
  return `${ids.timedUuid(time).slice(0, -4)}0000`;
}

export function comparePositions(one: Position, other: Position): number {
  if (one.timestamp !== other.timestamp) return one.timestamp - other.timestamp;
  if (one.batch !== other.batch) return one.batch < other.batch ? -1 : 1;
  return one.index - other.index;
}

/** The `eventId` of an event: 56 digits, as AWS's, which sort as the events do. */
export function eventId({ timestamp, batch, index }: Position): string {
  const number = BigInt(`0x${batch.replaceAll("-", "")}`) >> dropped;
  const text = number.toString().padStart(batchDigits, "0") + String(index).padStart(indexDigits, "0");
  return (String(timestamp) + text).padStart(digits, "0");
}

/** Reads an `eventId`; `undefined` if it is none. */
export function readEventId(text: string): Position | undefined {
  if (!form.test(text)) return undefined;
  const timestamp = Number(text.slice(0, -(batchDigits + indexDigits)));
  const hex = (BigInt(text.slice(-(batchDigits + indexDigits), -indexDigits)) << dropped)
    .toString(16)
    .padStart(32, "0");
  if (hex.length > 32 || !Number.isSafeInteger(timestamp)) return undefined;
  const batch = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { timestamp, batch, index: Number(text.slice(-indexDigits)) };
}
