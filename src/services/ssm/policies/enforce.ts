import type { Kysely } from "kysely";
import type { Events } from "../../../audit/index.ts";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Parameter } from "../parameters/parameter.ts";
import { parameterReads } from "../parameters/reads.ts";
import { removeAll } from "../parameters/removal.ts";
import { fromPolicies } from "../parameters/rows.ts";
import { nextNotice } from "./parameter-policy.ts";
import { duePolicies, type Place, recordPolicies } from "./policy-events.ts";

/** Parameters of one transaction. */
const batch = 100;

/**
 * Does what parameter policies ask for by `now`: records a notification for each policy of a version, once, and removes
 * expired parameters.
 */
export async function enforcePolicies(database: Database, events: Events, partition: string, now: Date): Promise<void> {
  await inBatches(database, "notice_at", now, (db, at, parameter) => notify(db, { ...at, partition }, parameter));
  await inBatches(database, "expires_at", now, async (db, at, parameter) => {
    await removeAll(db, at);
    await recordPolicies(events, db, { ...at, partition }, parameter, duePolicies(parameter, now), now);
  });

  async function notify(db: Kysely<Tables>, place: Place, parameter: Parameter): Promise<void> {
    const due = duePolicies(parameter, now).filter(({ type }) => type !== "Expiration");
    await recordPolicies(events, db, place, parameter, due, now);
    const policies = parameter.policies.map((policy) =>
      due.includes(policy) ? { ...policy, status: "Finished" as const } : policy,
    );
    const { account, region, name } = place;
    await db
      .updateTable("ssm_versions")
      .set({ policies: fromPolicies(policies) })
      .where("account", "=", account)
      .where("region", "=", region)
      .where("name", "=", name)
      .where("version", "=", parameter.version)
      .execute();
    await db
      .updateTable("ssm_parameters")
      .set({ notice_at: nextNotice(policies, parameter.modifiedAt)?.getTime() ?? null })
      .where("account", "=", account)
      .where("region", "=", region)
      .where("name", "=", name)
      .execute();
  }
}

async function inBatches(
  database: Database,
  column: "notice_at" | "expires_at",
  now: Date,
  work: (db: Kysely<Tables>, at: Omit<Place, "partition">, parameter: Parameter) => Promise<void>,
): Promise<void> {
  for (let count = batch; count === batch; ) {
    count = await database.transaction(async (db) => {
      const places = await db
        .selectFrom("ssm_parameters")
        .select(["account", "region", "name"])
        .where(column, "<=", now.getTime())
        .orderBy(column)
        .limit(batch)
        .execute();
      for (const place of places) {
        const parameter = await parameterReads(db).findStored(place, place.name);
        if (parameter) await work(db, place, parameter);
      }
      return places.length;
    });
  }
}
