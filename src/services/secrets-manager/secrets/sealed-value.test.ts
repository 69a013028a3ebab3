import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { openEmptySqlite } from "../../../../test/support/databases.ts";
import { openSqlite } from "../../../storage/sqlite.ts";
import { assertRefused, openSecretsManager, token } from "../secrets-manager.fixture.ts";

test("no value is ever in the database file unsealed", async () => {
  const directory = await mkdtemp(join(tmpdir(), "sealift-canary-"));
  try {
    const database = await openSqlite(join(directory, "sealift.db"));
    const { client, kms } = openSecretsManager(database);
    const canaries = ["CANARY-created", "CANARY-put", "CANARY-binary", "CANARY-updated"];
    const [created, put, binary, updated] = canaries as [string, string, string, string];
    await client.send(new CreateSecretCommand({ Name: "db", Description: "SEEN-description", SecretString: created }));
    const replicas = [{ Region: "eu-west-1" }];
    await client.send(new ReplicateSecretToRegionsCommand({ SecretId: "db", AddReplicaRegions: replicas }));
    await client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: put }));
    await client.send(new PutSecretValueCommand({ SecretId: "db", SecretBinary: Buffer.from(binary) }));
    await client.send(new UpdateSecretCommand({ SecretId: "db", SecretString: updated, KmsKeyId: kms.addKey("mine") }));
    await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    const read = async () => {
      const files = await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name))));
      return Buffer.concat(files);
    };
    const contents = [await read()];
    await database[Symbol.asyncDispose]();
    contents.push(await read());
    for (const content of contents) {
      assert.ok(content.includes("SEEN-description"));
      for (const canary of canaries) {
        for (const encoding of ["utf8", "base64", "hex"] as const) {
          assert.ok(!content.includes(Buffer.from(canary).toString(encoding)), `${canary} in ${encoding}`);
        }
      }
    }
  } finally {
    await rm(directory, { recursive: true });
  }
});

test("a value that was moved to another version in the database does not open", async () => {
  await using database = await openEmptySqlite();
  const { client } = openSecretsManager(database);
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  await client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "b", ClientRequestToken: token("b") }));
  const { value } = await database.db
    .selectFrom("sm_versions")
    .select("value")
    .where("version_id", "=", token("a"))
    .executeTakeFirstOrThrow();
  await database.db.updateTable("sm_versions").set({ value }).where("version_id", "=", token("b")).execute();
  await assertRefused(client.send(new GetSecretValueCommand({ SecretId: "db" })), "DecryptionFailure");
});
