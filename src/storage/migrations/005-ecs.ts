import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface EcsTables {
  ecs_clusters: {
    arn: string;
    account: string;
    region: string;
    name: string;
    status: string;
    /** JSON. */
    document: string;
  };
  ecs_task_definitions: {
    arn: string;
    account: string;
    region: string;
    family: string;
    revision: number;
    status: string;
    /** Sealed JSON: people put secrets into environment and log options. Empty once deleted. */
    document: Uint8Array;
  };
  ecs_instances: {
    arn: string;
    cluster_arn: string;
    status: string;
    /** Of the agent's connection; null while there is none. */
    session_id: string | null;
    /** JSON. */
    document: string;
  };
  ecs_tasks: {
    arn: string;
    cluster_arn: string;
    /** Null where the task never had a machine. */
    instance_arn: string | null;
    service_arn: string | null;
    family: string;
    definition_arn: string;
    started_by: string | null;
    launch_type: string;
    desired_status: string;
    last_status: string;
    client_token: string | null;
    stopped_at: number | null;
    /** JSON of what placing other tasks needs to know, so that it opens no sealed document. */
    placement: string;
    /** Sealed JSON, as a task definition's. */
    document: Uint8Array;
  };
  ecs_services: {
    arn: string;
    cluster_arn: string;
    name: string;
    status: string;
    /** JSON. */
    document: string;
  };
  ecs_tags: {
    arn: string;
    /** JSON. */
    document: string;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("ecs_clusters")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("status", text, (column) => column.notNull())
    .addColumn("document", text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("ecs_task_definitions")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("family", text, (column) => column.notNull())
    .addColumn("revision", integer, (column) => column.notNull())
    .addColumn("status", text, (column) => column.notNull())
    .addColumn("document", bytes, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("ecs_task_definitions_family")
    .on("ecs_task_definitions")
    .columns(["account", "region", "family", "revision"])
    .unique()
    .execute();
  await db.schema
    .createTable("ecs_instances")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("cluster_arn", text, (column) => column.notNull())
    .addColumn("status", text, (column) => column.notNull())
    .addColumn("session_id", text)
    .addColumn("document", text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("ecs_tasks")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("cluster_arn", text, (column) => column.notNull())
    .addColumn("instance_arn", text)
    .addColumn("service_arn", text)
    .addColumn("family", text, (column) => column.notNull())
    .addColumn("definition_arn", text, (column) => column.notNull())
    .addColumn("started_by", text)
    .addColumn("launch_type", text, (column) => column.notNull())
    .addColumn("desired_status", text, (column) => column.notNull())
    .addColumn("last_status", text, (column) => column.notNull())
    .addColumn("client_token", text)
    .addColumn("stopped_at", integer)
    .addColumn("placement", text, (column) => column.notNull())
    .addColumn("document", bytes, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("ecs_services")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("cluster_arn", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("status", text, (column) => column.notNull())
    .addColumn("document", text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("ecs_tags")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("document", text, (column) => column.notNull())
    .execute();
  const indexes = [
    ["ecs_instances", "cluster_arn"],
    ["ecs_tasks", "cluster_arn"],
    ["ecs_tasks", "instance_arn"],
    ["ecs_tasks", "service_arn"],
    ["ecs_tasks", "definition_arn"],
    ["ecs_tasks", "stopped_at"],
    ["ecs_services", "cluster_arn"],
  ] as const;
  for (const [table, column] of indexes) {
    await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute();
  }
}
