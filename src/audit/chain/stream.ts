import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import { type Link, openLink, sealLink, startOf } from "./chain.ts";

/** The stream that a process writes, up to its latest batch. */
export interface Chain {
  readonly stream: number;
  readonly link: Link;
  /** Bytes. */
  readonly written: number;
}

/** The number of the row that holds the count of streams. */
export const registry = 0;

/**
 * Begins a stream of this process's own. Its beginning is sealed, so that nobody can remove the whole stream unnoticed: no
 * number is given twice. If somebody changed or removed the count, it stays so, and `verifyEvents` finds it.
 */
export async function openStream(database: Database, keyring: Keyring): Promise<Chain> {
  return database.transaction(async (db) => {
    const { last } = await db
      .selectFrom("cloudtrail_streams")
      .select(({ fn }) => fn.max("stream").as("last"))
      .executeTakeFirstOrThrow();
    const counted = await db
      .selectFrom("cloudtrail_streams")
      .select("head")
      .where("stream", "=", registry)
      .executeTakeFirst();
    const known = counted && openLink(keyring, registry, "head", counted.head);
    const stream = Math.max(Number(last ?? registry), known?.sequence ?? registry) + 1;
    const link = startOf(stream);
    const begun = [[stream, sealLink(keyring, stream, "head", link)] as const];
    if (last === null || known) {
      begun.push([
        registry,
        sealLink(keyring, registry, "head", { sequence: stream, bytes: 0, hash: new Uint8Array() }),
      ]);
    }
    for (const [number, head] of begun) {
      await db
        .insertInto("cloudtrail_streams")
        .values({ stream: number, written: 0, cut_bytes: 0, head })
        .onConflict((conflict) => conflict.column("stream").doUpdateSet({ head }))
        .execute();
    }
    return { stream, link, written: 0 };
  });
}
