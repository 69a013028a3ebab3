import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { ifThere } from "./rows.ts";
import type { Secret } from "./secret.ts";

const sortColumns = {
  "created-date": "created_at",
  "last-changed-date": "changed_at",
  "last-accessed-date": "accessed_on",
  name: "name",
} as const;

export type SortKey = keyof typeof sortColumns;

/** The position behind which a list goes on: the last secret's sort value and name. */
export type ListPosition = readonly [sortValue: string | number, name: string];

export interface ListOptions {
  readonly account: string;
  readonly region: string;
  readonly sortBy: SortKey;
  readonly descending: boolean;
  readonly after: ListPosition | undefined;
  readonly limit: number;
  readonly includeDeleted: boolean;
  readonly now: Date;
  /** The name begins with one prefix of each list. */
  readonly namePrefixes: readonly (readonly string[])[];
  accepts(secret: Secret): boolean;
}

interface ListedSecrets {
  readonly secrets: readonly Secret[];
  /** The position behind the last one, if more may follow. */
  readonly next: ListPosition | undefined;
}

const chunk = 500;

/** Rows read in one call: a filter that nothing passes must not hold up everyone else. */
const maximumScanned = 10_000;

/** Lists the secrets that `accepts` takes, sorted. There may be fewer than `limit` although more follow. */
export function secretLister(db: Kysely<Tables>) {
  return async function list(options: ListOptions): Promise<ListedSecrets> {
    const column = sortColumns[options.sortBy];
    const secrets: Secret[] = [];
    let after = options.after;
    for (let scanned = 0, count = options.limit + 1; scanned < maximumScanned; scanned += count, count = chunk) {
      const rows = await rowsAfter(db, options, after, count);
      for (const row of rows) {
        const secret = ifThere(row, options.now);
        const accepted = secret && options.accepts(secret) ? secret : undefined;
        if (accepted && secrets.length === options.limit) return { secrets, next: after };
        if (accepted) secrets.push(accepted);
        after = [row[column], row.name];
      }
      if (rows.length < count) return { secrets, next: undefined };
    }
    return { secrets, next: after };
  };
}

async function rowsAfter(db: Kysely<Tables>, options: ListOptions, after: ListPosition | undefined, count: number) {
  const column = sortColumns[options.sortBy];
  const direction = options.descending ? "desc" : "asc";
  const beyond = options.descending ? "<" : ">";
  let query = db
    .selectFrom("sm_secrets")
    .selectAll()
    .where("account", "=", options.account)
    .where("region", "=", options.region)
    .orderBy(column, direction)
    .orderBy("name", direction)
    .limit(count);
  if (!options.includeDeleted) query = query.where("deletes_at", "is", null);
  for (const prefixes of options.namePrefixes) {
    // Names are ASCII; nothing in them comes after DEL.
    query = query.where((where) =>
      where.or(prefixes.map((prefix) => where.and([where("name", ">=", prefix), where("name", "<", `${prefix}\x7f`)]))),
    );
  }
  if (after) {
    const [value, name] = after;
    query = query.where((where) =>
      where.or([
        where(column, beyond, value as never),
        where.and([where(column, "=", value as never), where("name", beyond, name)]),
      ]),
    );
  }
  return query.execute();
}
