import type { LogEvent } from "../events/block.ts";
import { discover } from "./row.ts";

/** Fields that AWS discovers in an event at most. */
const mostFields = 200;

/** All fields of an event, as texts. */
export function recordOf(event: LogEvent, log: string, logStream: string): Record<string, string> {
  const fields = new Map<string, string>();
  flatten(discover(event.message), "", fields);
  return {
    ...Object.fromEntries(fields),
    "@timestamp": String(event.timestamp),
    "@ingestionTime": String(event.ingestedAt),
    "@message": event.message,
    "@logStream": logStream,
    "@log": log,
  };
}

/** Levels that are looked into. */
const deepest = 100;

function flatten(value: unknown, name: string, fields: Map<string, string>, depth = 0): void {
  if (value === undefined || value === null || fields.size >= mostFields || depth > deepest) return;
  if (typeof value === "object") {
    for (const [member, inner] of Object.entries(value)) {
      flatten(inner, name === "" ? member : `${name}.${member}`, fields, depth + 1);
    }
    return;
  }
  fields.set(name, typeof value === "boolean" ? (value ? "1" : "0") : String(value));
}
