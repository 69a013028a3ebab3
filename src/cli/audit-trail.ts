import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Config, ConfigError, type Flags, readConfig } from "../server/config.ts";
import { databaseName } from "../server/data-directory.ts";
import type { ReadOnlyDatabase } from "../storage/database.ts";
import { readPostgres } from "../storage/postgres.ts";
import { readSqlite } from "../storage/sqlite.ts";

export type TrailFlags = Pick<Flags, "data" | "database">;

/** Opens the audit trail's database for reading. A server may be running on it. */
export async function openTrail(flags: TrailFlags): Promise<ReadOnlyDatabase & { readonly config: Config }> {
  const config = readConfig(flags, process.env);
  const path = join(config.data, databaseName);
  if (config.database === undefined && !existsSync(path)) {
    throw new ConfigError(`Cannot find a Sealift in ${config.data}: start it with "sealift up"`);
  }
  const opened = config.database === undefined ? readSqlite(path) : await readPostgres(config.database);
  try {
    await opened.db.selectFrom("cloudtrail_streams").select("stream").limit(1).execute();
  } catch (cause) {
    await opened[Symbol.asyncDispose]();
    throw new Error("Cannot read the audit trail: was the server ever started with this version?", { cause });
  }
  return { ...opened, config };
}
