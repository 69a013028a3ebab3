import { readMarks, withMasks } from "../../../masking/index.ts";
import type { Call } from "../../../model/call.ts";
import { invalidParameter } from "../errors.ts";
import type { InputEvent } from "./accept.ts";
import type { LogEvent } from "./block.ts";

/** Says where the messages of a PutLogEvents show secret values; see `writeMarks`. Who writes an event may say this of it. */
const marksHeader = "x-sealift-masks";

/** With it, messages are read with their secret values masked. */
const maskingHeader = "x-sealift-masking";

/** In place of a message in which nobody has looked for secret values. */
const notSearched = "(not shown, as nobody has looked for secret values in it)";

type Asking = Pick<Call, "extensions">;

/** Adds to the events what the request says of the secret values in them. */
export function withMarks({ extensions }: Asking, events: readonly InputEvent[]): readonly InputEvent[] {
  const text = extensions?.[marksHeader];
  if (text === undefined) return events;
  const marks = readMarks(text, events.length);
  if (!marks) throw invalidParameter(`The header ${marksHeader} does not fit the events.`);
  return events.map(({ timestamp, message }, index) => ({ timestamp, message, spans: marks[index] ?? [] }));
}

/** The message as the request wants it: as it came, or masked. */
export function messageFor({ extensions }: Asking, { message, spans }: Pick<LogEvent, "message" | "spans">): string {
  if (extensions?.[maskingHeader] === undefined) return message;
  return spans ? withMasks(Buffer.from(message), spans).toString() : notSearched;
}
