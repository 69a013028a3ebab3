import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { sql } from "kysely";
import { type Keyring, keyring } from "../../src/keyring/keyring.ts";
import { sealedColumns } from "../../src/server/rekey.ts";
import { makeRootKey } from "../../src/services/organizations/index.ts";
import type { Database } from "../../src/storage/database.ts";
import { testAccount, testRegion } from "../support/in-process.ts";
import { ownerFile } from "../support/table-owner.ts";
import { callsOfAll } from "./authorization/calls.ts";
import { makeResources } from "./authorization/fixture.ts";
import { openPlane } from "./authorization/plane.ts";

const days = 24 * 60 * 60 * 1000;

test("rekey knows every column that holds sealed bytes, and no others", async () => {
  const seal = recordingKeyring();
  await using plane = await openPlane(seal);
  const { clock, controlPlane, database } = plane;
  const finder = sealedBytesFinder(database.db, await bytesColumns(database.db), seal.sealed);
  const made = await makeResources(plane);
  await finder.look();
  for (const { service, name, inputs } of callsOfAll(plane, made)) {
    for (const input of typeof inputs === "string" ? [] : inputs) {
      // Fails if an operation before has deleted the resource.
      await plane.run(service, name, input).catch(() => {});
      await finder.look();
    }
  }
  for (const { id } of await controlPlane.organizations.accounts.list({ after: "", limit: 10 }))
    await makeRootKey(controlPlane.organizations, id);
  const scope = { account: testAccount, region: testRegion, time: clock.now() };
  await controlPlane.events.record({ ...scope, service: "kms", name: "Test", resources: [] });
  await finder.look();
  // Retention cuts the chain.
  clock.advance(100 * days);
  await controlPlane.purge();
  await finder.look();

  const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`);
  const forgotten = [...finder.found].filter((column) => !listed.includes(column));
  assert.deepEqual(
    forgotten.map((column) => `${ownerFile(column.split(".")[0] ?? "")}: add ${column} to sealedColumns`),
    [],
    "rekey would lose what is sealed in these columns",
  );
  assert.deepEqual(
    listed.filter((column) => !finder.found.has(column)),
    [],
    "These columns were never filled: test/conformance/authorization/fixture.ts must fill them",
  );
});

/** A keyring that keeps all sealed bytes. */
function recordingKeyring(): Keyring & { readonly sealed: readonly Buffer[] } {
  const { seal, open } = keyring(randomBytes(32));
  const sealed: Buffer[] = [];
  return {
    sealed,
    open,
    seal(plaintext, purpose) {
      const made = seal(plaintext, purpose);
      sealed.push(Buffer.from(made));
      return made;
    },
  };
}

type Column = readonly [table: string, column: string];

async function bytesColumns(db: Database["db"]): Promise<readonly Column[]> {
  return (await db.introspection.getTables()).flatMap(({ name: table, columns }) =>
    columns.filter(({ dataType }) => /^blob$/i.test(dataType)).map(({ name }): Column => [table, name]),
  );
}

/** Collects the columns, `table.column` each, in which `look` finds sealed bytes: as they are, or as a part of others. */
function sealedBytesFinder(db: Database["db"], columns: readonly Column[], sealed: readonly Buffer[]) {
  const found = new Set<string>();
  const known = new Set<string>();
  return {
    found,
    async look(): Promise<void> {
      for (const [table, column] of columns) {
        const { rows } = await sql<{ value: Uint8Array }>`
          select ${sql.ref(column)} as value from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(db);
        for (const { value } of rows) {
          const bytes = Buffer.from(value);
          const key = `${table}.${column} ${bytes.toString("base64")}`;
          if (!known.has(key) && sealed.some((one) => bytes.includes(one))) found.add(`${table}.${column}`);
          known.add(key);
        }
      }
    },
  };
}
