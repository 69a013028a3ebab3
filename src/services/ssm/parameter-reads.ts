import type { Kysely } from "kysely";
import type { Tables } from "../../storage/migrations/index.ts";
import { prepared } from "../../storage/prepared.ts";
import type { Parameter, ParameterSummary, ParameterVersion, Scope } from "./parameter.ts";
import { summaryColumns, toSummary, toTags, toVersion, type VersionRow } from "./parameter-rows.ts";

/** A part of the parameters, in the order of their names. */
export interface Range {
  /** Only names that begin so; ASCII. */
  readonly prefix?: string | undefined;
  /** Only these names. */
  readonly names?: readonly string[] | undefined;
  /** Only names behind this one. */
  readonly after?: string | undefined;
  readonly limit: number;
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
  return newest(db, scope).select([...summaryColumns, "version.value", "parameter.tags"]);
}

type NewestRow = VersionRow & Pick<Tables["ssm_parameters"], "tags">;

/** The read of every GetParameter. */
const findOne = prepared(
  (db, parameters: Scope & { readonly name: string }) =>
    newestWithValue(db, parameters).where("parameter.name", "=", parameters.name),
  byName,
);

function byName(rows: readonly NewestRow[]): ReadonlyMap<string, Parameter> {
  return new Map(rows.map((row) => [row.name, { ...toVersion(row), tags: toTags(row.tags) }]));
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

  return {
    /** Those of the parameters that there are, by name. */
    async find(scope: Scope, names: readonly string[]): Promise<ReadonlyMap<string, Parameter>> {
      if (names.length === 0) return new Map();
      if (names.length === 1) return findOne(db, { account: scope.account, region: scope.region, name: names[0]! });
      return byName(await newestWithValue(db, scope).where("parameter.name", "in", names).execute());
    },

    /** The parameters of a range as their newest versions have them. */
    async list(scope: Scope, { prefix, names, after, limit }: Range): Promise<ParameterSummary[]> {
      if (names?.length === 0) return [];
      let query = newest(db, scope).select([...summaryColumns, "parameter.tags"]);
      if (names !== undefined) query = query.where("parameter.name", "in", names);
      if (prefix !== undefined) {
        query = query.where("parameter.name", ">=", prefix).where("parameter.name", "<", behind(prefix));
      }
      if (after !== undefined) query = query.where("parameter.name", ">", after);
      const rows = await query.orderBy("parameter.name").limit(limit).execute();
      return rows.map((row) => ({ ...toSummary(row), tags: toTags(row.tags) }));
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

/** The least text above all that begin with `prefix`. */
function behind(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
