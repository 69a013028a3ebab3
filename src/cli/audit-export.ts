import { once } from "node:events";
import { readEvent, streamReader } from "../audit/index.ts";
import { timeOfUuid } from "../ids.ts";
import { ConfigError } from "../server/config.ts";
import { openTrail, type TrailFlags } from "./audit-trail.ts";

export interface ExportFlags extends TrailFlags {
  readonly from?: string;
  readonly to?: string;
}

/** Prints the events between two times as JSON lines. Those of one process keep the order in which it wrote them. */
export async function auditExport({ from, to, ...flags }: ExportFlags): Promise<void> {
  const first = from === undefined ? 0 : readTime("--from", from);
  const last = to === undefined ? Number.POSITIVE_INFINITY : readTime("--to", to);
  if (first > last) throw new ConfigError(`Cannot export from "${from}" to "${to}": that ends before it begins`);
  await using trail = await openTrail(flags);
  const reader = streamReader(trail.db);
  let isRead = true;
  process.stdout.on("error", () => {
    isRead = false;
  });
  for (const state of (await reader.states()).filter(reader.isStream)) {
    for await (const { lines } of reader.batches(state.stream, 0)) {
      const wanted = lines.filter((line) => {
        const time = timeOfUuid(readEvent(line).eventID);
        return time >= first && time <= last;
      });
      // The reader has closed the pipe, as `head` does.
      if (!isRead) return;
      if (!process.stdout.write(wanted.map((line) => `${line}\n`).join(""))) {
        await Promise.race([once(process.stdout, "drain"), once(process.stdout, "error")]).catch(() => {}); // `isRead` is false then
      }
    }
  }
}

function readTime(flag: string, text: string): number {
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text);
  const time = isTime ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ConfigError(`Cannot use ${flag} "${text}": it must be of the form 2026-01-31 or 2026-01-31T12:00:00Z`);
  }
  return time;
}
