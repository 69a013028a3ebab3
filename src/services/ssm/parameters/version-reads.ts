import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { rooted } from "./name.ts";
import type { ParameterVersion, Scope } from "./parameter.ts";
import { summaryColumns, toVersion } from "./rows.ts";

/** A version in the history of its parameter. */
interface HistoryEntry extends ParameterVersion {
  readonly labels: readonly string[];
}

/** The SQL that reads versions of parameters. */
export function versionReads(db: Kysely<Tables>) {
  function versions(scope: Scope) {
    return db
      .selectFrom("ssm_versions as version")
      .select([...summaryColumns, "version.value"])
      .where("version.account", "=", scope.account)
      .where("version.region", "=", scope.region);
  }

  return {
    /** The version of that number, or of that label. */
    async find(scope: Scope, name: string, selector: number | string): Promise<ParameterVersion | undefined> {
      const path = rooted(name);
      const query = versions(scope).where("version.name", "=", path);
      const row = await (typeof selector === "number"
        ? query.where("version.version", "=", selector)
        : query.where("version.version", "=", (builder) =>
            builder
              .selectFrom("ssm_labels")
              .select("version")
              .where("account", "=", scope.account)
              .where("region", "=", scope.region)
              .where("name", "=", path)
              .where("label", "=", selector),
          )
      ).executeTakeFirst();
      return row && toVersion(row);
    },

    /** The versions of these parameters that have one of these labels, by name and the newest first. */
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
        .where("version.name", "in", names.map(rooted))
        .where("label.label", "in", labels)
        // PostgreSQL sorts distinct rows only by what they have.
        .select("version.name as path")
        .distinct()
        .orderBy("path")
        .orderBy("version.version", "desc")
        .execute();
      return rows.map(toVersion);
    },

    /** Versions with numbers above `after`, the lowest first. */
    async history(scope: Scope, name: string, after: number, limit: number): Promise<HistoryEntry[]> {
      const rows = await versions(scope)
        .where("version.name", "=", rooted(name))
        .where("version.version", ">", after)
        .orderBy("version.version")
        .limit(limit)
        .execute();
      const labels = await db
        .selectFrom("ssm_labels")
        .select(["label", "version"])
        .where("account", "=", scope.account)
        .where("region", "=", scope.region)
        .where("name", "=", rooted(name))
        .orderBy("label")
        .execute();
      return rows.map((row) => ({
        ...toVersion(row),
        labels: labels.filter(({ version }) => version === row.version).map(({ label }) => label),
      }));
    },
  };
}
