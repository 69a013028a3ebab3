import type { Keyring } from "../../keyring/keyring.ts";
import { type EventDocument, readEvent } from "../event/event.ts";

/** An event that is not chained yet. It is sealed, so that nobody else can put one into the chain. */
export interface PendingRow {
  readonly event_id: string;
  readonly event: Uint8Array;
}

export function sealPending(keyring: Keyring, document: EventDocument): PendingRow {
  const event = keyring.seal(Buffer.from(JSON.stringify(document)), pendingPurpose(document.eventID));
  return { event_id: document.eventID, event: Buffer.from(event) };
}

/** `undefined` if the server did not write the row. */
export function openPending(keyring: Keyring, { event_id, event }: PendingRow): EventDocument | undefined {
  if (!(event instanceof Uint8Array)) return undefined;
  const plain = keyring.open(event, pendingPurpose(event_id));
  return plain && readEvent(Buffer.from(plain).toString());
}

export function pendingPurpose(id: unknown): string {
  return `audit event ${id}`;
}
