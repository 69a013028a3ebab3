import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { rooted } from "./name.ts";
import type { Scope } from "./parameter.ts";

/** Account, region and name of a parameter. */
export type At = Scope & { readonly name: string };

/** Deletes a parameter with its versions and labels. */
export async function removeAll(db: Kysely<Tables>, at: At): Promise<void> {
  for (const table of ["ssm_parameters", "ssm_versions", "ssm_labels"] as const) {
    await whereIs(db.deleteFrom(table), at).execute();
  }
}

/** Versions of a parameter that are kept. */
export const maximumVersions = 100;

/** Deletes the versions that are too old beside a new one. If one of them has a label, gives its number instead. */
export async function makeRoom(db: Kysely<Tables>, at: At, version: number): Promise<number | undefined> {
  const oldest = version - maximumVersions;
  const labelled = await whereIs(db.selectFrom("ssm_labels").select("version"), at)
    .where("version", "<=", oldest)
    .orderBy("version")
    .executeTakeFirst();
  if (labelled) return labelled.version;
  await whereIs(db.deleteFrom("ssm_versions"), at).where("version", "<=", oldest).execute();
}

/** Narrows a statement to one parameter. */
// biome-ignore lint/suspicious/noExplicitAny: Kysely's builders have no type in common
export function whereIs<Q extends { where: any }>(query: Q, at: At): Q {
  return query.where("account", "=", at.account).where("region", "=", at.region).where("name", "=", rooted(at.name));
}
