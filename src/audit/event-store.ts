import type { Kysely } from "kysely";
import type { Clock } from "../clock.ts";
import { defined } from "../defined.ts";
import type { Ids } from "../ids.ts";
import type { Keyring } from "../keyring/keyring.ts";
import type { Database } from "../storage/database.ts";
import type { Tables } from "../storage/schema/index.ts";
import type { NewEvent } from "./chain/batch.ts";
import { sealPending } from "./chain/pending.ts";
import { cutStreams, defaultAge, type Retention } from "./chain/retention.ts";
import { eventWriter } from "./chain/writer.ts";
import type { StoredEvent } from "./event/event.ts";
import { type ServiceEvent, serviceEventDocument } from "./event/service-event.ts";
import { findEvents, type Search } from "./search/find-events.ts";

/** The part of the audit trail in which services record events. */
export interface Events {
  /** Stores an event; within the caller's transaction if `db` is given. */
  record(event: ServiceEvent, db?: Kysely<Tables>): Promise<void>;
}

/** The audit trail. */
export interface EventStore extends Events {
  /** Chains an event. Resolves when it survives a crash; rejects if it was not stored. */
  write(event: NewEvent): Promise<void>;
  /** Events that `write` has not stored yet. */
  waiting(): number;
  /** Newest first. Without `from` the search begins at the oldest event that is kept. */
  find(search: Omit<Search, "from"> & { readonly from: Date | undefined }): Promise<StoredEvent[]>;
  /** Chains the events that services recorded in transactions of their own. */
  settle(): Promise<void>;
  /** Resolves when every event that was given before is chained. */
  drain(): Promise<void>;
  /** Begins anew, after the database was emptied. */
  restart(): Promise<void>;
  /** Removes the events that retention no longer keeps. */
  purge(): Promise<void>;
}

export interface EventStoreOptions {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly retention?: Retention;
}

export function eventStore({ database, keyring, clock, ids, retention }: EventStoreOptions): EventStore {
  const writer = eventWriter(database, keyring);
  const { age, size } = retention ?? { age: defaultAge };
  let mayBePending = false;

  /** The transaction that recorded an event may still be open, so this tries again until it has chained an event. */
  async function settle(): Promise<void> {
    if (mayBePending && (await writer.chainPending())) mayBePending = false;
  }

  return {
    write: writer.write,
    waiting: writer.waiting,
    restart: writer.restart,
    settle,
    drain: async () => void (await writer.chainPending()),

    async record(event, db) {
      const document = serviceEventDocument(event, ids.timedUuid(event.time));
      if (db === undefined) return writer.write({ document });
      // The caller's transaction may fail or be repeated: the event is chained after it has committed.
      mayBePending = true;
      await db.insertInto("cloudtrail_pending").values(sealPending(keyring, document)).execute();
    },

    async find({ from, ...search }) {
      await settle();
      const oldest = clock.now().getTime() - age;
      return findEvents(database.db, { ...search, from: new Date(Math.max(from?.getTime() ?? 0, oldest)) });
    },

    async purge() {
      // Processes that were killed may have left some.
      await writer.chainPending();
      await cutStreams(database, keyring, { age, ...defined({ size }) }, clock.now());
    },
  };
}
