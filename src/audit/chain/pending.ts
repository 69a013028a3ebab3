import type { Keyring } from "../../keyring/keyring.ts";
import type { EventDocument } from "../event/event.ts";

/** An event that is still to be chained. Sealed, so that nobody has one of their own chained. */
export interface PendingRow {
  readonly event_id: string;
  readonly event: Uint8Array;
}

export function sealPending(keyring: Keyring, document: EventDocument): PendingRow {
  const event = keyring.seal(Buffer.from(JSON.stringify(document)), pendingPurpose(document.eventID));
  return { event_id: document.eventID, event: Buffer.from(event) };
}

/** `undefined` where it was not recorded by the server. */
export function openPending(keyring: Keyring, { event_id, event }: PendingRow): EventDocument | undefined {
  if (!(event instanceof Uint8Array)) return undefined;
  const plain = keyring.open(event, pendingPurpose(event_id));
  return plain && (JSON.parse(Buffer.from(plain).toString()) as EventDocument);
}

export function pendingPurpose(id: unknown): string {
  return `audit event ${id}`;
}
