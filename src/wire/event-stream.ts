import { EventStreamCodec } from "@smithy/core/event-streams";
import type { NormalizedSchema } from "@smithy/core/schema";
import { type JsonWriter, jsonWriter } from "./json-output.ts";

/** https://smithy.io/2.0/aws/amazon-eventstream.html */
export const eventStreamType = "application/vnd.amazon.eventstream";

/** An answer that is a stream: its pieces come as its events do. */
export type EventStream = AsyncIterable<Uint8Array>;

/** Turns an operation's output into the messages of its stream. */
export type EventStreamWriter = (output: object) => EventStream;

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);

/** The writer of an output with a stream of events; `undefined` for other outputs. */
export function eventStreamWriter(schema: NormalizedSchema): EventStreamWriter | undefined {
  if (!schema.isStructSchema()) return undefined;
  for (const [name, member] of schema.structIterator()) {
    if (member.isStructSchema() && member.isStreaming()) {
      return (output) => messages(member, (output as Record<string, AsyncIterable<object>>)[name]);
    }
  }
  return undefined;
}

async function* messages(union: NormalizedSchema, events: AsyncIterable<object> | undefined): EventStream {
  // Clients of the JSON protocols wait for it: the members of the output beside the stream, here none.
  yield message("event", "initial-response", "{}");
  const writers = new Map<string, { readonly write: JsonWriter; readonly isError: boolean }>();
  for (const [name, member] of union.structIterator()) {
    writers.set(name, { write: jsonWriter(member), isError: /Exception$/.test(name) });
  }
  for await (const event of events ?? []) {
    for (const [name, value] of Object.entries(event)) {
      const writer = writers.get(name);
      if (!writer) throw new Error(`A stream of events has no ${name}`);
      yield message(writer.isError ? "exception" : "event", name, JSON.stringify(writer.write(value)));
    }
  }
}

function message(kind: "event" | "exception", name: string, json: string): Uint8Array {
  const header = (value: string) => ({ type: "string", value }) as const;
  return codec.encode({
    headers: {
      ":message-type": header(kind),
      [`:${kind}-type`]: header(name),
      ":content-type": header("application/json"),
    },
    body: Buffer.from(json),
  });
}
