import { timeOfUuid } from "../../ids.ts";
import type { EventDocument } from "../event/event.ts";

/** Milliseconds of a slot; they divide a second. Events of a slot are sorted when they are read. */
export const slotLength = 20;

export function slotOf(milliseconds: number): number {
  return Math.floor(milliseconds / slotLength);
}

/** Events that are stored in one row. */
export interface Batch {
  readonly account: string;
  readonly region: string;
  readonly slot: number;
  /** Each event as JSON, in the order in which they were written. */
  readonly lines: readonly string[];
  readonly decision: object | undefined;
}

/** An event on its way into the chain. */
export interface NewEvent {
  readonly document: EventDocument;
  /** The document as JSON, if it was made already. */
  readonly json?: string;
  /** The inputs of a denial. */
  readonly decision?: object;
}

/** Characters at which a batch is full. */
const fullBatch = 128 * 1024;

/** Puts events into as few rows as possible: those of an account, region and slot share one. Each denial has its own. */
export function batchesOf(events: readonly NewEvent[]): Batch[] {
  const batches: Batch[] = [];
  const open = new Map<string, { readonly lines: string[]; size: number }>();
  for (const { document, json = JSON.stringify(document), decision } of events) {
    const { recipientAccountId: account, awsRegion: region } = document;
    const slot = slotOf(timeOfUuid(document.eventID));
    const place = `${slot} ${account} ${region}`;
    const known = decision === undefined ? open.get(place) : undefined;
    if (known && known.size <= fullBatch) {
      known.lines.push(json);
      known.size += json.length;
      continue;
    }
    const lines = [json];
    batches.push({ account, region, slot, lines, decision });
    if (decision === undefined) open.set(place, { lines, size: json.length });
  }
  return batches;
}

/** The events of a row, each as JSON, which has no line breaks. */
export function linesOf(events: Uint8Array): string[] {
  return Buffer.from(events).toString().split("\n");
}
