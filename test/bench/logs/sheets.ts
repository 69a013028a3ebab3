import { createHash } from "node:crypto";

/** The lines of one PutLogEvents, ready but for their stream and times. */
export interface Sheet {
  readonly lines: number;
  /** The messages alone, each with a newline. */
  readonly text: Buffer;
  /** A body of PutLogEvents with the lines in `stream`, the first of them at `time` and each a millisecond after the other. */
  body(stream: number, time: number): Buffer;
}

export const groupName = "/bench/lines";

/** AWS's limit of a request, and what each event counts beside its message. */
const [largest, perEvent] = [1_048_576, 26];

/** Bytes of a message. */
const width = 120;

/** As many lines as one request takes. */
export const fullSheet = Math.floor(largest / (width + perEvent));

/** Terms that a search looks for, and in how many lines one of them is. */
export const terms = {
  rare: { text: "OutOfMemoryError", each: 1_000_000 },
  common: { text: "status=503", each: 1_000 },
};

export function streamName(stream: number): string {
  return `web/app/${String(stream).padStart(6, "0")}`;
}

/** Makes sheets of different lines, the same ones in each run. */
export function sheetsOf(count: number, lines: number): Sheet[] {
  return Array.from({ length: count }, (_, sheet) => {
    const messages = Array.from({ length: lines }, (_, line) => message(sheet * lines + line));
    return sheetOf(messages);
  });
}

function message(number: number): string {
  const hash = createHash("md5").update(String(number)).digest("hex");
  const digits = Number.parseInt(hash.slice(0, 8), 16);
  const status = number % terms.common.each === 7 ? 503 : 200;
  const error = number % terms.rare.each === 7_007 ? ` ${terms.rare.text}` : "";
  const path = ["orders", "users", "carts", "payments"][digits % 4];
  const text = `INFO  [http-${digits % 16}] GET /api/v1/${path}/${digits % 100_000} status=${status} ms=${digits % 977}${error} request=${hash}`;
  return text.padEnd(width, " bytes=".padEnd(8, String(digits))).slice(0, width);
}

function sheetOf(messages: readonly string[]): Sheet {
  const blankTime = "0".repeat(13);
  const head = `{"logGroupName":"${groupName}","logStreamName":"`;
  const events = messages.map((message) => `{"timestamp":${blankTime},"message":${JSON.stringify(message)}}`);
  const template = Buffer.from(`${head}${streamName(0)}","logEvents":[${events.join(",")}]}`);
  const marker = Buffer.from(`:${blankTime},`);
  const places: number[] = [];
  for (let at = template.indexOf(marker); at >= 0; at = template.indexOf(marker, at + 1)) places.push(at + 1);
  return {
    lines: messages.length,
    text: Buffer.from(`${messages.join("\n")}\n`),
    body(stream, time) {
      const body = Buffer.from(template);
      body.write(streamName(stream), head.length, "latin1");
      for (const [index, place] of places.entries()) body.write(String(time + index), place, "latin1");
      return body;
    },
  };
}
