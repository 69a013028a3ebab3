import { setTimeout } from "node:timers/promises";
import { type EventDocument, readEvent, streamReader } from "../audit/index.ts";
import { escapeControls } from "../log.ts";
import { openTrail, type TrailFlags } from "./audit-trail.ts";
import { stopSignal } from "./stop-signal.ts";

/** Milliseconds between two reads. */
const interval = 500;

/** Prints each event when it is written, until SIGTERM or SIGINT, or until the reader closes the pipe. */
export async function auditFollow(flags: TrailFlags & { readonly json?: boolean }): Promise<void> {
  await using trail = await openTrail(flags);
  const reader = streamReader(trail.db);
  const ended = new AbortController();
  void stopSignal().then(() => ended.abort());
  process.stdout.on("error", () => ended.abort());
  const seen = new Map<number, { written: number; sequence: number }>();
  for (const state of (await reader.states()).filter(reader.isStream)) {
    seen.set(state.stream, { written: state.written, sequence: await reader.lastSequence(state.stream) });
  }
  process.stderr.write("Following the audit trail\n");
  while (!ended.signal.aborted) {
    for (const state of (await reader.states()).filter(reader.isStream)) {
      const known = seen.get(state.stream);
      if (known?.written === state.written) continue;
      // After a reset, streams begin anew under the same numbers.
      let sequence = known && known.written < state.written ? known.sequence : 0;
      for await (const batch of reader.batches(state.stream, sequence)) {
        sequence = batch.sequence;
        for (const line of batch.lines) {
          process.stdout.write(`${flags.json ? line : lineOf(readEvent(line))}\n`);
        }
      }
      seen.set(state.stream, { written: state.written, sequence });
    }
    await setTimeout(interval, undefined, { signal: ended.signal }).catch(() => {}); // the abort ends the loop
  }
}

/** Formats an event as a line for people: time, Region, caller, operation, resources and error. */
export function lineOf(event: EventDocument): string {
  const { userIdentity: who, errorCode, errorMessage } = event;
  const caller = who.arn ?? who.invokedBy ?? who.identityProvider ?? who.accessKeyId ?? "somebody unknown";
  const resources = (event.resources ?? []).map(({ ARN }) => ARN).join(" ");
  const service = event.eventSource.replace(".amazonaws.com", "");
  const outcome = errorCode === undefined ? "" : `${errorCode}${errorMessage ? `: ${errorMessage}` : ""}`;
  const parts = [event.eventTime, event.awsRegion, caller, `${service}:${event.eventName}`, resources, outcome];
  return escapeControls(parts.filter((part) => part !== "").join("  "));
}
