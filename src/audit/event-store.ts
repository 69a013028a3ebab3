import type { Kysely } from "kysely";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { Keyring } from "../keyring/keyring.ts";
import type { Database } from "../storage/database.ts";
import type { Tables } from "../storage/schema/index.ts";
import type { NewEvent } from "./chain/batch.ts";
import { sealPending } from "./chain/pending.ts";
import { cutStreams, defaultAge, type Retention } from "./chain/retention.ts";
import { eventWriter } from "./chain/writer.ts";
import { type ServiceEvent, type StoredEvent, serviceEventDocument } from "./event/event.ts";
import { findEvents, type Search } from "./search/find-events.ts";

/** Events as services record them. */
export interface Events {
  /** Keeps an event; within a transaction of the caller's, where `db` is given. */
  record(event: ServiceEvent, db?: Kysely<Tables>): Promise<void>;
}

/** The audit trail. */
export interface EventStore extends Events {
  /** Chains an event. Resolves when it survives a crash; rejects where it was not stored. */
  write(event: NewEvent): Promise<void>;
  /** Events that `write` has not stored yet. */
  waiting(): number;
  /** Newest first. `from` is the oldest that is kept unless given. */
  find(search: Omit<Search, "from"> & { readonly from: Date | undefined }): Promise<StoredEvent[]>;
  /** Chains what services recorded in transactions of their own. */
  settle(): Promise<void>;
  /** Begins anew, as the database was emptied. */
  restart(): Promise<void>;
  /** Removes what is kept no longer. */
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

  /** Whoever recorded an event may not have committed it yet: this goes on until some event was chained. */
  async function settle(): Promise<void> {
    if (mayBePending && (await writer.chainPending())) mayBePending = false;
  }

  return {
    write: writer.write,
    waiting: writer.waiting,
    restart: writer.restart,
    settle,

    async record(event, db) {
      const document = serviceEventDocument(event, ids.timedUuid(event.time));
      if (db === undefined) return writer.write({ document });
      // Chained once the caller's transaction is done, which may be undone or done anew.
      mayBePending = true;
      await db.insertInto("cloudtrail_pending").values(sealPending(keyring, document)).execute();
    },

    async find({ from, ...search }) {
      await settle();
      const oldest = clock.now().getTime() - age;
      return findEvents(database.db, { ...search, from: new Date(Math.max(from?.getTime() ?? 0, oldest)) });
    },

    async purge() {
      // Also what other processes left that were killed.
      await writer.chainPending();
      await cutStreams(database, keyring, { age, ...(size !== undefined && { size }) }, clock.now());
    },
  };
}
