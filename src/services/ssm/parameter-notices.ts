import type { Kysely } from "kysely";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/migrations/index.ts";
import type { Events, ServiceEvent } from "../cloudtrail/index.ts";
import { type Parameter, parameterArn } from "./parameter.ts";
import { dueAt, nextNotice, type ParameterPolicy } from "./parameter-policy.ts";
import { parameterReads } from "./parameter-reads.ts";
import { fromPolicies } from "./parameter-rows.ts";
import { removeAll } from "./parameter-writes.ts";

/** Parameters that one transaction deals with. */
const batch = 100;

type Place = Pick<Tables["ssm_parameters"], "account" | "region" | "name">;

/**
 * Does what parameter policies ask for by `now`: notifies, once for each policy of a version, and removes what has
 * expired. Events are recorded with what they tell of, so that there is neither without the other.
 */
export async function enforcePolicies(database: Database, events: Events, partition: string, now: Date): Promise<void> {
  await inBatches(database, "notice_at", now, (db, place, parameter) => notify(db, place, parameter));
  await inBatches(database, "expires_at", now, async (db, place, parameter) => {
    await removeAll(db, place);
    const [expiration] = parameter.policies.filter(({ type }) => type === "Expiration");
    if (expiration) await events.record(happened(place, parameter, expiration), db);
  });

  async function notify(db: Kysely<Tables>, place: Place, parameter: Parameter): Promise<void> {
    const policies: ParameterPolicy[] = [];
    for (const policy of parameter.policies) {
      const due = dueAt(policy, parameter.policies, parameter.modifiedAt);
      const isDue = policy.type !== "Expiration" && policy.status === "Pending" && due !== undefined && due <= now;
      if (isDue) await events.record(happened(place, parameter, policy), db);
      policies.push(isDue ? { ...policy, status: "Finished" } : policy);
    }
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

  /** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html */
  function happened({ account, region, name }: Place, { type }: Parameter, policy: ParameterPolicy): ServiceEvent {
    return {
      account,
      region,
      service: "ssm",
      name: "ParameterStorePolicyAction",
      time: now,
      resources: [{ type: "AWS::SSM::Parameter", name: parameterArn({ account, region, partition }, name) }],
      additionalData: {
        "parameter-name": name,
        "parameter-type": type,
        "policy-type": policy.type,
        "policy-content": policy.text,
        "action-status": "Success",
      },
    };
  }
}

async function inBatches(
  database: Database,
  column: "notice_at" | "expires_at",
  now: Date,
  work: (db: Kysely<Tables>, place: Place, parameter: Parameter) => Promise<void>,
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
