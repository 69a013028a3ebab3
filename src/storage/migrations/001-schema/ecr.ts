import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("ecr_repositories")
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("repository_id", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("tag_mutability", text, required)
    .addColumn("mutability_exclusions", text, required)
    .addColumn("scan_on_push", integer, required)
    .addColumn("policy", bytes)
    .addColumn("tags", text, required)
    .addColumn("lifecycle_policy", bytes)
    .addColumn("lifecycle_evaluated_at", integer)
    .addPrimaryKeyConstraint("ecr_repositories_pk", ["account", "region", "name"])
    .execute();
  await db.schema
    .createTable("ecr_lifecycle_previews")
    .addColumn("repository_id", text, (column) => column.primaryKey().notNull())
    .addColumn("policy", bytes, required)
    .addColumn("results", text, required)
    .execute();
  await db.schema
    .createTable("ecr_images")
    .addColumn("repository_id", text, required)
    .addColumn("digest", text, required)
    .addColumn("media_type", text, required)
    .addColumn("artifact_media_type", text)
    .addColumn("size", integer)
    .addColumn("children", text, required)
    .addColumn("pushed_at", integer, required)
    .addColumn("pulled_at", integer)
    .addPrimaryKeyConstraint("ecr_images_pk", ["repository_id", "digest"])
    .execute();
  await db.schema
    .createTable("ecr_image_tags")
    .addColumn("repository_id", text, required)
    .addColumn("tag", text, required)
    .addColumn("digest", text, required)
    .addPrimaryKeyConstraint("ecr_image_tags_pk", ["repository_id", "tag"])
    .execute();
  await db.schema
    .createTable("ecr_layer_uploads")
    .addColumn("upload_id", text, (column) => column.primaryKey().notNull())
    .addColumn("repository_id", text, required)
    .addColumn("started_at", integer, required)
    .addColumn("location", text, required)
    .addColumn("received", integer, required)
    .addColumn("parts", integer, required)
    .addColumn("smallest_part", integer)
    .addColumn("last_part", integer, required)
    .execute();
}
