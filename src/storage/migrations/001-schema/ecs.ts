import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("ecs_account_settings")
    .addColumn("principal_arn", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("value", text, required)
    .addPrimaryKeyConstraint("ecs_account_settings_key", ["principal_arn", "region", "name"])
    .execute();
  await db.schema
    .createTable("ecs_clusters")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("status", text, required)
    .addColumn("document", text, required)
    .execute();
  await db.schema
    .createTable("ecs_capacity_providers")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("status", text, required)
    .addColumn("document", text, required)
    .execute();
  await db.schema
    .createTable("ecs_task_definitions")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("family", text, required)
    .addColumn("revision", integer, required)
    .addColumn("status", text, required)
    .addColumn("document", bytes, required)
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
    .addColumn("cluster_arn", text, required)
    .addColumn("status", text, required)
    .addColumn("registrant", text, required)
    .addColumn("session_id", text)
    .addColumn("replica", text)
    .addColumn("reserved", text, required)
    .addColumn("document", text, required)
    .execute();
  await db.schema
    .createTable("ecs_tasks")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("cluster_arn", text, required)
    .addColumn("instance_arn", text)
    .addColumn("service_arn", text)
    .addColumn("family", text, required)
    .addColumn("definition_arn", text, required)
    .addColumn("started_by", text)
    .addColumn("launch_type", text, required)
    .addColumn("capacity_provider", text)
    .addColumn("desired_status", text, required)
    .addColumn("last_status", text, required)
    .addColumn("client_token", text)
    .addColumn("created_at", integer, required)
    .addColumn("started_at", integer)
    .addColumn("stopping_at", integer)
    .addColumn("protected_until", integer)
    .addColumn("stopped_at", integer)
    .addColumn("stop_code", text)
    .addColumn("health_status", text)
    .addColumn("held", text)
    .addColumn("document", bytes, required)
    .execute();
  await db.schema
    .createTable("ecs_interfaces")
    .addColumn("attachment_arn", text, (column) => column.primaryKey())
    .addColumn("task_arn", text, required)
    .addColumn("instance_arn", text, required)
    .addColumn("address", text, required)
    .execute();
  await db.schema
    .createTable("ecs_services")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("cluster_arn", text, required)
    .addColumn("name", text, required)
    .addColumn("status", text, required)
    .addColumn("document", text, required)
    .execute();
  await db.schema
    .createTable("ecs_tags")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("document", text, required)
    .execute();
  await db.schema
    .createTable("ecs_exec_sessions")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("instance_arn", text, required)
    .addColumn("state", text, required)
    .addColumn("token_hash", text)
    .addColumn("token_expires_at", integer, required)
    .addColumn("opening", text)
    .addColumn("has_run", integer, required)
    .addColumn("expires_at", integer, required)
    .addColumn("document", bytes, required)
    .execute();
  // Named by their first column. Those of tasks hold all that the scheduler and agents' sessions ask for every second.
  const indexes = [
    ["ecs_instances", ["cluster_arn"]],
    ["ecs_instances", ["registrant"]],
    ["ecs_instances", ["replica"]],
    ["ecs_tasks", ["cluster_arn", "desired_status", "arn"]],
    ["ecs_tasks", ["instance_arn", "stopped_at", "desired_status", "created_at"]],
    ["ecs_tasks", ["service_arn", "stopped_at", "started_by", "desired_status", "last_status"]],
    ["ecs_tasks", ["definition_arn"]],
    ["ecs_tasks", ["client_token"]],
    ["ecs_tasks", ["stopped_at"]],
    ["ecs_interfaces", ["task_arn"]],
    ["ecs_interfaces", ["instance_arn", "address"]],
    ["ecs_services", ["cluster_arn"]],
    ["ecs_exec_sessions", ["instance_arn", "state"]],
    ["ecs_exec_sessions", ["expires_at"]],
  ] as const;
  for (const [table, columns] of indexes) {
    await db.schema
      .createIndex(`${table}_${columns[0]}`)
      .on(table)
      .columns([...columns])
      .execute();
  }
}
