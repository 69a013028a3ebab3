import type { Kysely } from "kysely";

// biome-ignore lint/complexity/noBannedTypes: filled by the service
export type KmsTables = {};

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(_db: Kysely<any>): Promise<void> {}
