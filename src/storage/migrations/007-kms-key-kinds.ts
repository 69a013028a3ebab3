import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { columnTypes } from "../columns.ts";

/** What replaces the tables of the same names that `001-kms` made. */
export interface KmsTables {
  kms_keys: {
    region: string;
    /** A UUID, or `mrk-` and 32 hexadecimal digits: the same in every region that a multi-Region key is in. */
    key_id: string;
    account: string;
    manager: "AWS" | "CUSTOMER";
    state: "Enabled" | "Disabled" | "PendingDeletion" | "PendingImport" | "PendingReplicaDeletion";
    /** `SYMMETRIC_DEFAULT`, `RSA_2048`, … */
    spec: string;
    /** `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, `GENERATE_VERIFY_MAC` or `KEY_AGREEMENT`. */
    key_usage: string;
    origin: "AWS_KMS" | "EXTERNAL";
    /** Of a multi-Region key: where its primary is; null for all others. */
    primary_region: string | null;
    /** UTF-8. */
    description: Uint8Array;
    policy: string;
    /** JSON: `[[key, value], …]`. */
    tags: string;
    /** The material that new ciphertexts are made with; 0 where none was imported yet. */
    material_version: number;
    /** That material's id; null where there is none. */
    material_id: string | null;
    /** When the first of the key's imported materials expires; null where none does. */
    valid_to: number | null;
    /** Sealed by the keyring, for imported materials only: what their ids are made with. */
    material_secret: Uint8Array | null;
    /** Days between automatic rotations; null where there are none. */
    rotation_period: number | null;
    /** When the key is next rotated; null where it is not. The same in all regions of a multi-Region key. */
    rotates_at: number | null;
    created_at: number;
    /** From then on the key counts as gone; null unless `PendingDeletion`. */
    deletion_at: number | null;
    /** Days to wait once its replicas are gone; null unless `PendingReplicaDeletion`. */
    deletion_window: number | null;
  };
  kms_key_materials: {
    region: string;
    key_id: string;
    /** From 1; larger than the key's `material_version` where it was imported and waits for a rotation. */
    version: number;
    /** 64 hexadecimal digits; the same in all regions. */
    material_id: string;
    /** Sealed by the keyring: the secret's bytes, or a private key in PKCS #8. Null where what was imported is gone. */
    sealed: Uint8Array | null;
    /** What whoever imported it calls it. */
    description: string | null;
    /** From then on it counts as gone; null where it does not expire. */
    valid_to: number | null;
    /** When it took the place of the one before; null for the first, and until then. */
    rotated_at: number | null;
    rotation_type: "AUTOMATIC" | "ON_DEMAND" | null;
    created_at: number;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema.alterTable("kms_keys").renameTo("kms_keys_before").execute();
  await db.schema
    .createTable("kms_keys")
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("key_id", text, (column) => column.notNull())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("manager", text, (column) => column.notNull())
    .addColumn("state", text, (column) => column.notNull())
    .addColumn("spec", text, (column) => column.notNull())
    .addColumn("key_usage", text, (column) => column.notNull())
    .addColumn("origin", text, (column) => column.notNull())
    .addColumn("primary_region", text)
    .addColumn("description", bytes, (column) => column.notNull())
    .addColumn("policy", text, (column) => column.notNull())
    .addColumn("tags", text, (column) => column.notNull())
    .addColumn("material_version", integer, (column) => column.notNull())
    .addColumn("material_id", text)
    .addColumn("valid_to", integer)
    .addColumn("material_secret", bytes)
    .addColumn("rotation_period", integer)
    .addColumn("rotates_at", integer)
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("deletion_at", integer)
    .addColumn("deletion_window", integer)
    .addPrimaryKeyConstraint("kms_keys_by_id", ["key_id", "region"])
    .execute();
  const year = sql.lit(365 * 24 * 60 * 60 * 1000);
  // AWS managed keys are rotated every year.
  await sql`insert into kms_keys
    select region, key_id, account, manager, state, 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_KMS', null,
      description, policy, tags, material_version, null, null, null,
      case manager when 'AWS' then 365 end, case manager when 'AWS' then created_at + ${year} end,
      created_at, deletion_at, null
    from kms_keys_before`.execute(db);
  await db.schema.dropIndex("kms_keys_by_account").execute();
  await db.schema.createIndex("kms_keys_by_account").on("kms_keys").columns(["account", "region", "key_id"]).execute();
  await db.schema.createIndex("kms_keys_deletion_at").on("kms_keys").column("deletion_at").execute();
  await db.schema.createIndex("kms_keys_rotates_at").on("kms_keys").column("rotates_at").execute();

  await db.schema.alterTable("kms_key_materials").renameTo("kms_key_materials_before").execute();
  await db.schema
    .createTable("kms_key_materials")
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("key_id", text, (column) => column.notNull())
    .addColumn("version", integer, (column) => column.notNull())
    .addColumn("material_id", text, (column) => column.notNull())
    .addColumn("sealed", bytes)
    .addColumn("description", text)
    .addColumn("valid_to", integer)
    .addColumn("rotated_at", integer)
    .addColumn("rotation_type", text)
    .addColumn("created_at", integer, (column) => column.notNull())
    .addPrimaryKeyConstraint("kms_key_materials_by_id", ["key_id", "region", "version"])
    .execute();
  await sql`insert into kms_key_materials
    select k.region, m.key_id, m.version, '', m.sealed, null, null, null, null, k.created_at
    from kms_key_materials_before m join kms_keys_before k on k.key_id = m.key_id`.execute(db);
  await nameMaterials(db);
  await db.schema.createIndex("kms_key_materials_valid_to").on("kms_key_materials").column("valid_to").execute();
  await db.schema.dropTable("kms_key_materials_before").execute();
  await db.schema.dropTable("kms_keys_before").execute();
}

/** Materials had no ids: any will do that no other material has. */
// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
async function nameMaterials(db: Kysely<any>): Promise<void> {
  for (const { key_id, version } of await db.selectFrom("kms_key_materials").select(["key_id", "version"]).execute()) {
    const material_id = createHash("sha256").update(`${key_id} ${version}`).digest("hex");
    const named = db.updateTable("kms_key_materials").set({ material_id });
    await named.where("key_id", "=", key_id).where("version", "=", version).execute();
    const current = db.updateTable("kms_keys").set({ material_id }).where("key_id", "=", key_id);
    await current.where("material_version", "=", version).execute();
  }
}
