import type { Kysely } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Scope } from "../arns.ts";
import { openDocument, sealDocument } from "../sealed.ts";
import type { ServiceRecord } from "../services/service.ts";
import type { TaskDefinition } from "./definition.ts";

export interface DefinitionList {
  readonly family?: string | undefined;
  readonly status: string;
  readonly descending: boolean;
  readonly limit: number;
  readonly after: { readonly family: string; readonly revision: number } | undefined;
}

export function definitionRecords(db: Kysely<Tables>, keyring: Keyring) {
  // The document of a deleted revision is empty.
  const open = (row: { arn: string; document: Uint8Array } | undefined): TaskDefinition | undefined =>
    row && row.document.length > 0 ? openDocument<TaskDefinition>(keyring, row.arn, row.document) : undefined;
  const inScope = (scope: Scope) =>
    db.selectFrom("ecs_task_definitions").where("account", "=", scope.account).where("region", "=", scope.region);
  async function statusOf(arn: string): Promise<string | undefined> {
    const row = await db.selectFrom("ecs_task_definitions").select("status").where("arn", "=", arn).executeTakeFirst();
    return row?.status;
  }
  return {
    async get(arn: string): Promise<TaskDefinition | undefined> {
      const row = await db
        .selectFrom("ecs_task_definitions")
        .select(["arn", "document"])
        .where("arn", "=", arn)
        .executeTakeFirst();
      return open(row);
    },
    /** One revision, or the newest active one of the family. */
    async find(scope: Scope, family: string, revision: number | undefined): Promise<TaskDefinition | undefined> {
      const query = inScope(scope).select(["arn", "document"]).where("family", "=", family);
      const row =
        revision === undefined
          ? await query.where("status", "=", "ACTIVE").orderBy("revision", "desc").limit(1).executeTakeFirst()
          : await query.where("revision", "=", revision).executeTakeFirst();
      return open(row);
    },
    /** True if there is a revision of that ARN that was not deleted. */
    async isThere(arn: string): Promise<boolean> {
      return ((await statusOf(arn)) ?? "DELETED") !== "DELETED";
    },
    async isActive(arn: string): Promise<boolean> {
      return (await statusOf(arn)) === "ACTIVE";
    },
    /** Those that are to be deleted once nothing runs them. */
    async beingDeleted(): Promise<readonly string[]> {
      const rows = await db
        .selectFrom("ecs_task_definitions")
        .select("arn")
        .where("status", "=", "DELETE_IN_PROGRESS")
        .execute();
      return rows.map(({ arn }) => arn);
    },
    /** The newest revision's number; 0 if the family has none. */
    async lastRevision(scope: Scope, family: string): Promise<number> {
      const row = await inScope(scope)
        .select(({ fn }) => fn.max("revision").as("last"))
        .where("family", "=", family)
        .executeTakeFirst();
      return row?.last ?? 0;
    },
    async put(scope: Scope, definition: TaskDefinition): Promise<void> {
      const { arn, family, revision, status } = definition;
      const changing = { status, document: sealDocument(keyring, arn, definition) };
      await db
        .insertInto("ecs_task_definitions")
        .values({ arn, account: scope.account, region: scope.region, family, revision, ...changing })
        .onConflict((conflict) => conflict.column("arn").doUpdateSet(changing))
        .execute();
    },
    /** True if a task that has not stopped, or a service that is not INACTIVE, runs it. */
    async isUsed(arn: string): Promise<boolean> {
      const task = await db
        .selectFrom("ecs_tasks")
        .select("arn")
        .where("definition_arn", "=", arn)
        .where("last_status", "!=", "STOPPED")
        .limit(1)
        .execute();
      if (task.length > 0) return true;
      const services = await db
        .selectFrom("ecs_services")
        .select("document")
        .where("status", "!=", "INACTIVE")
        .execute();
      return services.some(({ document }) => {
        const { deployments, lastCompleted }: ServiceRecord = JSON.parse(document);
        return lastCompleted?.definitionArn === arn || deployments.some(({ definitionArn }) => definitionArn === arn);
      });
    },
    /** Keeps its number: no revision is ever given twice. */
    async delete(arn: string): Promise<void> {
      await db.deleteFrom("ecs_tags").where("arn", "=", arn).execute();
      await db
        .updateTable("ecs_task_definitions")
        .set({ status: "DELETED", document: new Uint8Array() })
        .where("arn", "=", arn)
        .execute();
    },
    /** In order of family and revision. */
    async list(scope: Scope, { family, status, descending, limit, after }: DefinitionList) {
      const direction = descending ? "desc" : "asc";
      let query = inScope(scope).select(["arn", "family", "revision"]).where("status", "=", status);
      if (family !== undefined) query = query.where("family", "=", family);
      if (after) {
        const beyond = descending ? "<" : ">";
        query = query.where(({ eb, and, or }) =>
          or([
            eb("family", beyond, after.family),
            and([eb("family", "=", after.family), eb("revision", beyond, after.revision)]),
          ]),
        );
      }
      return query.orderBy("family", direction).orderBy("revision", direction).limit(limit).execute();
    },
    /** Names after `after` that start with `prefix`, in order. `status` chooses families with or without an active revision. */
    async families(
      scope: Scope,
      { prefix, status, limit, after }: { prefix: string; status: string; limit: number; after: string },
    ): Promise<readonly string[]> {
      let query = inScope(scope)
        .select("family")
        .select(({ fn }) => fn.min("status").as("least"))
        .where("status", "!=", "DELETED")
        .where("family", ">", after)
        .where("family", ">=", prefix)
        // Names are ASCII, so that this sorts after every name with the prefix.
        .where("family", "<", `${prefix}\u{7f}`)
        .groupBy("family");
      // "ACTIVE" sorts before all others: the least is active if any is.
      if (status !== "ALL") {
        query = query.having(({ fn }) => fn.min("status"), status === "ACTIVE" ? "=" : "!=", "ACTIVE");
      }
      const rows = await query.orderBy("family").limit(limit).execute();
      return rows.map(({ family }) => family);
    },
  };
}
