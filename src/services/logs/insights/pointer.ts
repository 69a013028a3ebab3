import { eventId, type Position, readEventId } from "../events/event-id.ts";

/** What `@ptr` points at. */
export interface Pointer {
  readonly account: string;
  readonly group: string;
  readonly stream: string;
  readonly position: Position;
}

export function pointerText({ account, group, stream, position }: Pointer): string {
  return Buffer.from(JSON.stringify([account, group, stream, eventId(position)])).toString("base64");
}

/** `undefined` if it is none. */
export function readPointer(text: string): Pointer | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64").toString());
    if (!Array.isArray(parts) || parts.length !== 4 || !parts.every((part) => typeof part === "string"))
      return undefined;
    const [account, group, stream, id] = parts as [string, string, string, string];
    const position = readEventId(id);
    return position && { account, group, stream, position };
  } catch {
    return undefined;
  }
}
