import type { Kysely } from "kysely";
import { prepared } from "../../../storage/prepared.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Parameter, ParameterSummary, ParameterVersion, Scope } from "./parameter.ts";
import {
  type ParameterRow,
  parameterColumns,
  summaryColumns,
  toParameter,
  toSummary,
  toTags,
  toVersion,
} from "./rows.ts";

/** A part of the parameters, in the order of their names. */
export interface Range {
  /** Only names that begin with one of these; ASCII. */
  readonly prefixes?: readonly string[] | undefined;
  /** Only these names. */
  readonly names?: readonly string[] | undefined;
  /** Only names behind this one. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** Parameters that have expired by then are left out. */
  readonly now: Date;
}

/** A version in the history of its parameter. */
export interface HistoryEntry extends ParameterVersion {
  readonly labels: readonly string[];
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

/** The read of every GetParameter. */
const findOne = prepared(
  (db, parameters: Scope & { readonly name: string }) =>
    newestWithValue(db, parameters).where("parameter.name", "=", parameters.name),
  byName,
);

function byName(rows: readonly ParameterRow[]): ReadonlyMap<string, Parameter> {
  return new Map(rows.map((row) => [row.name, toParameter(row)]));
}

function unexpired(found: ReadonlyMap<string, Parameter>, now: Date): ReadonlyMap<string, Parameter> {
  for (const { expiresAt } of found.values()) {
    if (expiresAt && expiresAt <= now) return new Map([...found].filter(([, one]) => !isExpired(one, now)));
  }
  return found;
}

/** Whether a parameter counts as gone. */
export function isExpired({ expiresAt }: Pick<Parameter, "expiresAt">, now: Date): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

/** The SQL that reads parameters. */
export function parameterReads(db: Kysely<Tables>) {
  function versions(scope: Scope) {
    return db
      .selectFrom("ssm_versions as version")
      .select([...summaryColumns, "version.value"])
      .where("version.account", "=", scope.account)
      .where("version.region", "=", scope.region);
  }

  async function listPrefix(
    scope: Scope,
    prefix: string,
    { names, after, limit, now }: Range,
  ): Promise<ParameterSummary[]> {
    let query = newest(db, scope)
      .select([...summaryColumns, "parameter.tags"])
      .where((where) =>
        where.or([where("parameter.expires_at", "is", null), where("parameter.expires_at", ">", now.getTime())]),
      );
    if (names !== undefined) query = query.where("parameter.name", "in", names);
    // Of versions too, which PostgreSQL would else read from the first one on.
    for (const column of ["parameter.name", "version.name"] as const) {
      if (prefix !== "") query = query.where(column, ">=", prefix).where(column, "<", behind(prefix));
      if (after !== undefined) query = query.where(column, ">", after);
    }
    const rows = await query.orderBy("parameter.name").limit(limit).execute();
    return rows.map((row) => ({ ...toSummary(row), tags: toTags(row.tags) }));
  }

  return {
    /** Those of the parameters that there are, by name. */
    async find(scope: Scope, names: readonly string[], now: Date): Promise<ReadonlyMap<string, Parameter>> {
      if (names.length === 0) return new Map();
      const { account, region } = scope;
      if (names.length === 1) return unexpired(await findOne(db, { account, region, name: names[0]! }), now);
      return unexpired(byName(await newestWithValue(db, scope).where("parameter.name", "in", names).execute()), now);
    },

    /** The parameter, also if it has expired. */
    async findStored({ account, region }: Scope, name: string): Promise<Parameter | undefined> {
      return (await findOne(db, { account, region, name })).get(name);
    },

    /** The parameters of a range as their newest versions have them. */
    async list(scope: Scope, range: Range): Promise<ParameterSummary[]> {
      if (range.names?.length === 0) return [];
      const found: ParameterSummary[] = [];
      // One after the other: with all of them in one statement a database would read each to its end.
      for (const prefix of separate(range.prefixes ?? [""])) {
        const limit = range.limit - found.length;
        if (limit > 0) found.push(...(await listPrefix(scope, prefix, { ...range, limit })));
      }
      return found;
    },

    /** The version of that number, or of that label. */
    async findVersion(scope: Scope, name: string, selector: number | string): Promise<ParameterVersion | undefined> {
      const query = versions(scope).where("version.name", "=", name);
      const row = await (typeof selector === "number"
        ? query.where("version.version", "=", selector)
        : query.where("version.version", "=", (builder) =>
            builder
              .selectFrom("ssm_labels")
              .select("version")
              .where("account", "=", scope.account)
              .where("region", "=", scope.region)
              .where("name", "=", name)
              .where("label", "=", selector),
          )
      ).executeTakeFirst();
      return row && toVersion(row);
    },

    /** The versions of these parameters that have one of these labels. */
    async labelled(scope: Scope, names: readonly string[], labels: readonly string[]): Promise<ParameterVersion[]> {
      if (names.length === 0 || labels.length === 0) return [];
      const rows = await versions(scope)
        .innerJoin("ssm_labels as label", (join) =>
          join
            .onRef("label.account", "=", "version.account")
            .onRef("label.region", "=", "version.region")
            .onRef("label.name", "=", "version.name")
            .onRef("label.version", "=", "version.version"),
        )
        .where("version.name", "in", names)
        .where("label.label", "in", labels)
        .distinct()
        .orderBy("version.name")
        .orderBy("version.version", "desc")
        .execute();
      return rows.map(toVersion);
    },

    /** Versions with numbers above `after`, the lowest first. */
    async history(scope: Scope, name: string, after: number, limit: number): Promise<HistoryEntry[]> {
      const rows = await versions(scope)
        .where("version.name", "=", name)
        .where("version.version", ">", after)
        .orderBy("version.version")
        .limit(limit)
        .execute();
      const labels = await db
        .selectFrom("ssm_labels")
        .select(["label", "version"])
        .where("account", "=", scope.account)
        .where("region", "=", scope.region)
        .where("name", "=", name)
        .orderBy("label")
        .execute();
      return rows.map((row) => ({
        ...toVersion(row),
        labels: labels.filter(({ version }) => version === row.version).map(({ label }) => label),
      }));
    },
  };
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
