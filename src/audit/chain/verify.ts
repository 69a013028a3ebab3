import type { Kysely } from "kysely";
import { defined } from "../../defined.ts";
import { timeOfUuid } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { eventTime, readEvent } from "../event/event.ts";
import { slotOf } from "./batch.ts";
import { type Link, openLink, positionOf, startOf } from "./chain.ts";
import { follows, type StoredBatch, type StreamState, streamReader } from "./reader.ts";
import { registry } from "./stream.ts";

/** A change of the audit trail that the server did not make. */
export interface Finding {
  readonly stream: number;
  /** The number of the event, of the last of several, or of the one after which others are missing. */
  readonly sequence?: number;
  /** The id of that event, if it exists and was changed. */
  readonly eventId?: string;
  /** `was edited` */
  readonly what: string;
}

export interface Verification {
  readonly events: number;
  readonly streams: number;
  readonly findings: readonly Finding[];
}

/** Verification ends at so many findings. */
const mostFindings = 1_000;

/**
 * Goes through every chain and finds each event that somebody removed, edited or inserted. The server may write meanwhile.
 * It cannot find that the whole database was set back to an earlier state.
 */
export async function verifyEvents(db: Kysely<Tables>, keyring: Keyring): Promise<Verification> {
  const reader = streamReader(db);
  const findings: Finding[] = [];
  const states = await reader.states();
  let events = 0;
  let streams = 0;
  for (const finding of missingStreams(states, keyring)) findings.push(finding);
  for (const state of states.filter(reader.isStream)) {
    streams++;
    for await (const finding of verifyStream(reader, keyring, state)) {
      if (typeof finding === "object") findings.push(finding);
      else events += finding;
      if (findings.length >= mostFindings) return { events, streams, findings };
    }
  }
  for (const stream of await strays(reader, new Set(states.map(({ stream }) => stream))))
    findings.push({ stream, what: "has events, but was never begun" });
  return { events, streams, findings };
}

function* missingStreams(states: readonly StreamState[], keyring: Keyring): Generator<Finding> {
  const [first] = states;
  if (first === undefined) return;
  const count = first.stream === registry ? openLink(keyring, registry, "head", first.head)?.sequence : undefined;
  if (count === undefined)
    yield { stream: registry, what: "does not tell how many streams there are: it was changed or removed" };
  const known = new Set(states.map(({ stream }) => stream));
  const last = Math.max(count ?? 0, ...known);
  for (let stream = 1; stream <= last; stream++) {
    if (!known.has(stream)) yield { stream, what: "was removed, with all of its events" };
    else if (count !== undefined && stream > count) yield { stream, what: "was inserted" };
  }
}

type Reader = ReturnType<typeof streamReader>;

/** Yields findings, and the numbers of events that were verified. */
async function* verifyStream(reader: Reader, keyring: Keyring, state: StreamState): AsyncGenerator<Finding | number> {
  const { stream } = state;
  const head = openLink(keyring, stream, "head", state.head);
  if (!head) yield { stream, what: "does not tell its last event: what it was sealed with was changed" };
  const cut = state.cut === null ? startOf(stream) : openLink(keyring, stream, "cut", state.cut);
  if (!cut) yield { stream, what: "does not tell where it was cut: what it was sealed with was changed" };
  let last: Link = cut ?? startOf(stream);
  // The server has removed all events up to here, and never writes there again.
  const before = await reader.countBetween(positionOf(stream, 0), positionOf(stream, last.sequence));
  if (before > 0) yield { stream, sequence: 0, what: `${before} rows were inserted before its first event` };
  for await (const batch of reader.batches(stream, last.sequence)) {
    const { sequence, hash, lines } = batch;
    yield lines.length;
    const about = { stream, sequence, ...defined({ eventId: idOf(lines.at(-1)) }) };
    const begin = sequence - lines.length;
    if (begin > last.sequence) {
      const cutNow = await cutSince(reader, keyring, stream, begin);
      if (!cutNow) yield { stream, sequence: last.sequence, what: missing(last.sequence + 1, begin) };
      // Otherwise the server has removed this batch, too, since it was read.
      else if (cutNow.sequence === begin) last = cutNow;
    }
    if (begin <= last.sequence && !follows(last, batch)) {
      yield { ...about, what: `${together(batch)} edited, or put in the place of another` };
    }
    const difference = differingColumn(batch);
    if (difference !== undefined) yield { ...about, what: `${together(batch)} edited: ${difference}` };
    // The next batch is compared with this one's own hash, so that one edit makes one finding.
    last = { sequence, hash };
    if (head && sequence === head.sequence && !Buffer.from(head.hash).equals(hash)) {
      yield { ...about, what: "is not the event that the server wrote last" };
    }
  }
  if (!head) return;
  if (last.sequence < head.sequence) {
    // The server may have removed the whole rest meanwhile.
    const cutNow = await cutSince(reader, keyring, stream, head.sequence);
    if (!cutNow) yield { stream, sequence: last.sequence, what: missing(last.sequence + 1, head.sequence) };
  }
  if (last.sequence > head.sequence) {
    const now = await reader.state(stream);
    const newHead = now && openLink(keyring, stream, "head", now.head);
    if (newHead && last.sequence > newHead.sequence) {
      yield { stream, sequence: last.sequence, what: `was inserted behind event ${newHead.sequence}, the last` };
    }
  }
}

function missing(from: number, to: number): string {
  return from === to ? `event ${from} was removed` : `events ${from} to ${to} were removed`;
}

/** The place where the server has cut the stream since, if the cut includes the event with the number. */
async function cutSince(reader: Reader, keyring: Keyring, stream: number, sequence: number): Promise<Link | undefined> {
  const now = await reader.state(stream);
  const cut = now?.cut ? openLink(keyring, stream, "cut", now.cut) : undefined;
  return cut !== undefined && cut.sequence >= sequence ? cut : undefined;
}

/** A batch has one hash for all its events, so that it is unknown which one was changed. */
function together({ lines: { length }, sequence }: StoredBatch): string {
  return length === 1 ? "was" : `or another of events ${sequence - length + 1} to ${sequence} was`;
}

function idOf(line: string | undefined): string | undefined {
  try {
    return line === undefined ? undefined : readEvent(line).eventID;
  } catch {
    return undefined;
  }
}

/** The column in which the row differs from its events: all columns follow from them. */
function differingColumn({ lines, account, region, slot }: StoredBatch): string | undefined {
  for (const line of lines) {
    try {
      const event = readEvent(line);
      const time = timeOfUuid(event.eventID);
      if (eventTime(new Date(time)) !== event.eventTime || slotOf(time) !== slot) return "its time is not the event's";
      if (event.recipientAccountId !== account) return "its account is not the event's";
      if (event.awsRegion !== region) return "its region is not the event's";
    } catch {
      return "it is no event";
    }
  }
  return undefined;
}

/** Streams that have events, but no row of their own. Positions that no stream can have count as the registry's. */
async function strays(reader: Reader, known: ReadonlySet<number>): Promise<readonly number[]> {
  const outside =
    (await reader.countBetween(Number.MIN_SAFE_INTEGER, positionOf(registry + 1, 0) - 1)) +
    (await reader.countBetween(Number.MAX_SAFE_INTEGER + 1, 2 ** 62));
  const found = outside > 0 ? [registry] : [];
  for (let next = registry + 1; ; next++) {
    const stream = await reader.nextStream(next);
    if (stream === undefined) return found;
    // A process may have begun it meanwhile.
    if (!known.has(stream) && !(await reader.state(stream))) found.push(stream);
    next = stream;
  }
}
