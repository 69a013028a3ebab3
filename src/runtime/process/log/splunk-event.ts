import { defined } from "../../../defined.ts";
import type { LogSource } from "./log-sink.ts";
import type { SplunkOptions } from "./splunk-options.ts";

/** Makes the JSON text of the event that a line becomes; an empty list if it becomes none. */
export function splunkEvents(
  options: SplunkOptions,
  host: string,
): (source: LogSource, line: string, at: Date) => readonly string[] {
  const { source, sourceType: sourcetype, index, format, tag, attributes } = options;
  const attrs = Object.keys(attributes).length > 0 ? attributes : undefined;
  const prefix = [tag, ...Object.entries(attributes).map(([name, value]) => `${name}=${value}`)]
    .filter(Boolean)
    .join(" ");

  return (stream, line, at) => {
    const time = (at.getTime() / 1000).toFixed(6);
    if (format === "raw") {
      if (line.trim() === "") return []; // the collector refuses a batch with an event that is blank
      return [
        JSON.stringify({ event: prefix === "" ? line : `${prefix} ${line}`, time, host, source, sourcetype, index }),
      ];
    }
    const event = {
      line: format === "json" ? jsonOrText(line) : line,
      source: stream,
      ...defined({ tag: tag === "" ? undefined : tag, attrs }),
    };
    return [JSON.stringify({ event, time, host, source, sourcetype, index })];
  };
}

function jsonOrText(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
