import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Kysely, sql } from "kysely";
import { emptyPostgres } from "../../../test/support/databases.ts";
import { skipUnless } from "../../../test/support/require.ts";
import type { Database } from "../database.ts";
import { openPostgres } from "../postgres.ts";
import type { Tables } from "../schema/index.ts";
import { openSqlite } from "../sqlite.ts";

/** The schema of 0.1.0. */
const released = "006-installation";

/** The same database twice: as 0.1.0 left it, and as it is opened now. */
async function upgraded(
  kind: "sqlite" | "postgres",
  leave: (db: Kysely<Tables>) => Promise<void>,
  look: (db: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  await using resources = new AsyncDisposableStack();
  let open: (last?: string) => Promise<Database>;
  if (kind === "postgres") {
    const { url } = resources.use(await emptyPostgres());
    open = (last) => openPostgres(url, last);
  } else {
    const folder = await mkdtemp(join(tmpdir(), "sealift-upgrade-"));
    resources.defer(() => rm(folder, { recursive: true }));
    open = (last) => openSqlite(join(folder, "sealift.db"), last);
  }
  {
    await using before = await open(released);
    await leave(before.db);
  }
  await using after = await open();
  await look(after.db);
}

for (const kind of ["sqlite", "postgres"] as const) {
  const skip = kind === "postgres" ? await skipUnless("postgres") : false;

  test(`KMS keys of 0.1.0 keep their material, aliases and state (${kind})`, { skip }, () =>
    upgraded(
      kind,
      async (db) => {
        await sql`insert into kms_keys (key_id, account, region, manager, state, description, policy, tags,
          material_version, created_at, deletion_at) values
          ('k1', '1', 'us-east-1', 'AWS', 'Enabled', ${Buffer.from("é")}, '{}', '[]', 1, 5, null),
          ('k2', '1', 'eu-west-1', 'CUSTOMER', 'PendingDeletion', ${Buffer.from("")}, '{}', '[["a","b"]]', 1, 6, 7)`.execute(
          db,
        );
        await sql`insert into kms_key_materials (key_id, version, sealed) values
          ('k1', 1, ${Buffer.from("one")}), ('k2', 1, ${Buffer.from("two")})`.execute(db);
      },
      async (db) => {
        const keys = await db.selectFrom("kms_keys").selectAll().orderBy("key_id").execute();
        assert.deepEqual(
          keys.map(({ key_id, region, state, spec, key_usage, origin, tags, created_at, deletion_at, rotates_at }) => ({
            ...{ key_id, region, state, spec, key_usage, origin, tags, created_at, deletion_at, rotates_at },
          })),
          [
            {
              ...{ key_id: "k1", region: "us-east-1", state: "Enabled", tags: "[]", created_at: 5, deletion_at: null },
              // An AWS managed key, a year later.
              rotates_at: 31_536_000_005,
              ...{ spec: "SYMMETRIC_DEFAULT", key_usage: "ENCRYPT_DECRYPT", origin: "AWS_KMS" },
            },
            {
              ...{ key_id: "k2", region: "eu-west-1", state: "PendingDeletion", tags: '[["a","b"]]' },
              ...{ created_at: 6, deletion_at: 7, rotates_at: null },
              ...{ spec: "SYMMETRIC_DEFAULT", key_usage: "ENCRYPT_DECRYPT", origin: "AWS_KMS" },
            },
          ],
        );
        assert.equal(Buffer.from(keys[0]!.description).toString(), "é");
        const usages = await db.selectFrom("kms_key_usages").selectAll().execute();
        assert.equal(usages.length, 2);
        for (const { tracked_since, operation } of usages) assert.ok(tracked_since !== null && operation === null);
        const materials = await db.selectFrom("kms_key_materials").selectAll().orderBy("key_id").execute();
        assert.deepEqual(
          materials.map(({ key_id, region, version, sealed, created_at }) => [
            ...[key_id, region, version, Buffer.from(sealed!).toString(), created_at],
          ]),
          [
            ["k1", "us-east-1", 1, "one", 5],
            ["k2", "eu-west-1", 1, "two", 6],
          ],
        );
        const materialIds = materials.map(({ material_id }) => material_id);
        assert.equal(new Set(materialIds).size, 2);
        for (const id of materialIds) assert.match(id, /^[0-9a-f]{64}$/);
        assert.deepEqual(
          keys.map(({ material_id }) => material_id),
          materialIds,
        );
      },
    ),
  );
}
