import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface SecretsManagerRotationTables {
  /** How secrets are rotated; there is none of a secret that never was. */
  sm_rotations: {
    arn: string;
    enabled: number;
    function_arn: string;
    /** JSON; null where it is rotated on demand only. */
    rules: string | null;
    last_rotated_at: number | null;
    /** Start of the window in which it is rotated next. */
    rotates_at: number | null;
    /** Of the rotation under way, as all that follow: the version that is to become AWSCURRENT. */
    token: string | null;
    kind: "rotation" | "test" | null;
    step: string | null;
    attempts: number | null;
    /** Whether an event has told of its start. */
    started: number | null;
    /** When the step is due; null where it was given up. */
    due_at: number | null;
    /** Who does the step, and until when nobody else may. */
    lease: string | null;
    leased_until: number | null;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, integer } = columnTypes(db);
  await db.schema
    .createTable("sm_rotations")
    .addColumn("arn", text, (column) => column.primaryKey().notNull())
    .addColumn("enabled", integer, (column) => column.notNull())
    .addColumn("function_arn", text, (column) => column.notNull())
    .addColumn("rules", text)
    .addColumn("last_rotated_at", integer)
    .addColumn("rotates_at", integer)
    .addColumn("token", text)
    .addColumn("kind", text)
    .addColumn("step", text)
    .addColumn("attempts", integer)
    .addColumn("started", integer)
    .addColumn("due_at", integer)
    .addColumn("lease", text)
    .addColumn("leased_until", integer)
    .execute();
  for (const column of ["rotates_at", "due_at"]) {
    await db.schema.createIndex(`sm_rotations_${column}`).on("sm_rotations").column(column).execute();
  }
}
