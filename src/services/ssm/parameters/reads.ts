import type { Kysely } from "kysely";
import { prepared } from "../../../storage/prepared.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { rooted } from "./name.ts";
import { isExpired, type Parameter, type ParameterSummary, type Scope } from "./parameter.ts";
import { type ParameterRow, parameterColumns, summaryColumns, toParameter, toSummary, toTags } from "./rows.ts";

/** A part of the parameters, in the order of their names. */
export interface Range {
  /** Only names that begin with one of these, which begin with a slash; ASCII. */
  readonly prefixes?: readonly string[] | undefined;
  /** Only these names. */
  readonly names?: readonly string[] | undefined;
  /** Only names behind this one. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** Parameters that have expired by then are left out. */
  readonly now: Date;
}

function newest(db: Kysely<Tables>, scope: Scope) {
  return db
    .selectFrom("ssm_parameters as parameter")
    .innerJoin("ssm_versions as version", (join) =>
      join
        .onRef("version.account", "=", "parameter.account")
        .onRef("version.region", "=", "parameter.region")
        .onRef("version.name", "=", "parameter.name")
        .onRef("version.version", "=", "parameter.version"),
    )
    .where("parameter.account", "=", scope.account)
    .where("parameter.region", "=", scope.region);
}

/** Whole parameters. */
function newestWithValue(db: Kysely<Tables>, scope: Scope) {
  return newest(db, scope).select([...summaryColumns, "version.value", ...parameterColumns]);
}

/** The read of every GetParameter; `name` is rooted. */
const findOne = prepared(
  (db, parameters: Scope & { readonly name: string }) =>
    newestWithValue(db, parameters).where("parameter.name", "=", parameters.name),
  byName,
);

function byName(rows: readonly ParameterRow[]): ReadonlyMap<string, Parameter> {
  return new Map(rows.map((row) => [rooted(row.name), toParameter(row)]));
}

function unexpired(found: ReadonlyMap<string, Parameter>, now: Date): ReadonlyMap<string, Parameter> {
  for (const parameter of found.values()) {
    if (isExpired(parameter, now)) return new Map([...found].filter(([, one]) => !isExpired(one, now)));
  }
  return found;
}

/** The SQL that reads parameters. */
export function parameterReads(db: Kysely<Tables>) {
  return {
    /** The parameters of these names, by their rooted names. */
    async find(scope: Scope, names: readonly string[], now: Date): Promise<ReadonlyMap<string, Parameter>> {
      const { account, region } = scope;
      const [name, ...more] = names;
      if (name !== undefined && more.length === 0) {
        return unexpired(await findOne(db, { account, region, name: rooted(name) }), now);
      }
      const paths = new Set(names.map(rooted));
      // Each by the query that is prepared: to build one for all of them takes longer than to run that ten times.
      const found = await Promise.all([...paths].map((name) => findOne(db, { account, region, name })));
      return unexpired(new Map(found.flatMap((one) => [...one])), now);
    },

    /** The parameter, even if it has expired. */
    async findStored({ account, region }: Scope, name: string): Promise<Parameter | undefined> {
      const path = rooted(name);
      return (await findOne(db, { account, region, name: path })).get(path);
    },

    /** The parameters of a range as their newest versions have them. */
    async list(scope: Scope, range: Range): Promise<ParameterSummary[]> {
      if (range.names?.length === 0) return [];
      const found: ParameterSummary[] = [];
      // One after the other: with all of them in one statement a database would read each to its end.
      for (const prefix of separate(range.prefixes ?? [""])) {
        const limit = range.limit - found.length;
        if (limit > 0) found.push(...(await listPrefix(db, scope, prefix, { ...range, limit })));
      }
      return found;
    },
  };
}

async function listPrefix(
  db: Kysely<Tables>,
  scope: Scope,
  prefix: string,
  { names, after, limit, now }: Range,
): Promise<ParameterSummary[]> {
  let query = newest(db, scope)
    .select([...summaryColumns, "parameter.tags"])
    .where((where) =>
      where.or([where("parameter.expires_at", "is", null), where("parameter.expires_at", ">", now.getTime())]),
    );
  if (names !== undefined) query = query.where("parameter.name", "in", names.map(rooted));
  // On versions too, which PostgreSQL would otherwise read from the first one on.
  for (const column of ["parameter.name", "version.name"] as const) {
    if (prefix !== "") query = query.where(column, ">=", prefix).where(column, "<", behind(prefix));
    if (after !== undefined) query = query.where(column, ">", rooted(after));
  }
  const rows = await query.orderBy("parameter.name").limit(limit).execute();
  return rows.map((row) => ({ ...toSummary(row), tags: toTags(row.tags) }));
}

/** The prefixes in the order of the names that begin with them, without those that others of them include. */
function separate(prefixes: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const prefix of [...prefixes].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix);
  }
  return kept;
}

/** The least text above all that begin with `prefix`. */
function behind(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
