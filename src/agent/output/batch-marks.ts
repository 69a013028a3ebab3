import { crc32 } from "node:zlib";
import { type LineMasker, type Span, writeMarks } from "../../masking/index.ts";
import type { AgentTask } from "../engine/task.ts";
import type { TaskMaskers } from "./task-maskers.ts";

/** The header that says where events show secret values; see `services/logs/events/masking.ts`. */
export const marksHeader = "x-sealift-masks";

/** Bytes from which on an event of Docker's driver is only a part of a line. It cuts between characters. */
const cutFrom = 262_144 - 26 - 3;

/** Streams whose last line is remembered. */
const mostStreams = 1_000;

/** Messages of one PutLogEvents. */
export interface LogBatch {
  /** Group and stream. */
  readonly stream: string;
  readonly messages: readonly string[];
}

/**
 * The value of the header for a batch of a task's output; `undefined` where nobody knows the task's values. Batches of a stream are
 * to come in their order. A batch that is sent again has the `id` of the call again, and the same marks.
 */
export type BatchMarks = (task: AgentTask, batch: LogBatch, id: string | undefined) => Promise<string | undefined>;

interface Line {
  readonly masker: object;
  readonly line: LineMasker<number>;
  /** The stream's latest batch. */
  readonly last: { readonly call: string | undefined; readonly marks: string };
}

export function batchMarks(maskers: TaskMaskers): BatchMarks {
  /** By task and stream, where the batch before it ended. */
  const lines = new Map<string, Line>();

  return async (task, { stream, messages }, id) => {
    const masker = await maskers.of(task);
    if (masker === "unknown") return undefined;
    if (masker === "none") return writeMarks(messages.map(() => []));
    const key = `${task.arn} ${stream}`;
    const before = lines.get(key);
    const known = before?.masker === masker ? before : undefined;
    // A client may have one id for all of its calls.
    const call = id === undefined ? undefined : `${id} ${crc32(JSON.stringify(messages))}`;
    if (known && call !== undefined && known.last.call === call) return known.last.marks;
    const line = known?.line ?? masker.lines<number>();
    const marks = writeMarks(search(line, messages));
    lines.delete(key);
    lines.set(key, { masker, line, last: { call, marks } });
    for (const oldest of lines.keys()) {
      if (lines.size <= mostStreams) break;
      lines.delete(oldest);
    }
    return marks;
  };
}

/** Where each of the messages shows a value, in bytes. A message has several lines where the driver puts them together. */
function search(line: LineMasker<number>, messages: readonly string[]): readonly (readonly Span[])[] {
  const found = messages.map((): Span[] => []);
  const starts: { readonly message: number; readonly start: number }[] = [];
  const take = (settled: ReturnType<LineMasker<number>["flush"]>) => {
    for (const { item, spans } of settled) {
      const { message = 0, start: from = 0 } = starts[item] ?? {};
      for (const { start, length } of spans) found[message]?.push({ start: from + start, length });
    }
  };
  for (const [message, text] of messages.entries()) {
    const isCut = Buffer.byteLength(text) >= cutFrom;
    const parts = text.split("\n");
    let start = 0;
    for (const [number, part] of parts.entries()) {
      const data = Buffer.from(part);
      take(line.push(starts.push({ message, start }) - 1, data, isCut && number === parts.length - 1));
      start += data.length + 1;
    }
  }
  // The batch goes on now, and what comes after it is not known.
  take(line.flush("pause"));
  return found;
}
