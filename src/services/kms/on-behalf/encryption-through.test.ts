import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { KyselyPlugin } from "kysely";
import { databases } from "../../../../test/support/databases.ts";
import { rootPrincipal, testAccount, testCall, testRegion } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Authorize, Call, Principal } from "../../../model/call.ts";
import type { Database } from "../../../storage/database.ts";
import { openSqlite } from "../../../storage/sqlite.ts";
import { encryptionThrough, kmsStore } from "../index.ts";
import { defaultKeyPolicy } from "../keys/policy.ts";
import { untold } from "../kms.fixture.ts";

const clock = fakeClock();
const plaintext = Buffer.from("canary-plaintext-4711");
const encryptionContext = { PARAMETER_ARN: "arn:aws:ssm:us-east-1:111122223333:parameter/a" };
const ssm = { service: "ssm", plaintext, encryptionContext } as const;

const callAs = (principal?: Principal, region?: string) => testCall(clock, principal, region);

function open(database: Database, authorize: Authorize = async () => undefined) {
  const store = kmsStore(database, keyring(Buffer.alloc(32, 1)), clock, randomIds, untold);
  const newKey = {
    spec: "SYMMETRIC_DEFAULT",
    usage: "ENCRYPT_DECRYPT",
    policy: defaultKeyPolicy(callAs()),
    description: "",
    tags: new Map([["team", "a"]]),
  } as const;
  return {
    store,
    encryption: encryptionThrough({ store }, authorize),
    create: () => store.keys.create(callAs(), newKey),
  };
}

const unknownKey = {
  code: "AccessDeniedException",
  message:
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
};

/** The same database, counting queries and so without keeping results. */
function counting(database: Database): { database: Database; count(): number } {
  let queries = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      queries++;
      return result;
    },
  };
  const db = database.db.withPlugin(plugin);
  const counted: Database = {
    kind: database.kind,
    db,
    append: database.append,
    transaction: (work) => database.transaction((inner) => work(inner.withPlugin(plugin))),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
  return { database: counted, count: () => queries };
}

async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ApiError, `${error}`);
  return { code: error.shape, message: error.message };
}

for (const testDatabase of databases()) {
  test(`Encryption makes the service's managed key once for each account and region (${testDatabase.name})`, async () => {
    await using database = await testDatabase.open();
    const { encryption, store } = open(database);
    const other = { ...rootPrincipal, account: "444455556666" };
    const scopes = [callAs(), callAs(rootPrincipal, "eu-west-1"), callAs(other)];
    const arns = await Promise.all(
      scopes.flatMap((call) => Array.from({ length: 5 }, async () => (await encryption.encrypt(call, ssm)).keyArn)),
    );
    assert.equal(new Set(arns).size, scopes.length);
    for (const call of scopes) {
      const [id, ...more] = await store.keys.list(call, "", 10);
      assert.deepEqual(more, []);
      const key = await store.keys.find(call.region, id!);
      assert.equal(key?.manager, "AWS");
      assert.deepEqual(key?.aliases, ["alias/aws/ssm"]);
      assert.ok(key?.policy.includes(`ssm.${call.region}.amazonaws.com`));
    }
  });

  test(`Encryption opens what it made, in one query once the material is known (${testDatabase.name})`, async () => {
    await using opened = await testDatabase.open();
    const { database, count } = counting(opened);
    const { encryption, create } = open(database);
    const { id } = await create();
    const call = callAs();
    for (const keyId of [undefined, id]) {
      const { ciphertext, keyArn } = await encryption.encrypt(call, { ...ssm, ...(keyId && { keyId }) });
      const request = { service: "ssm", ciphertext, encryptionContext } as const;
      const before = count();
      const opened = await encryption.decrypt(callAs(), request);
      assert.equal(count() - before, 1);
      assert.deepEqual(Buffer.from(opened.plaintext), plaintext);
      assert.equal(opened.keyArn, keyArn);
    }
  });

  test(`Encryption sees at once that a key was disabled, scheduled for deletion or removed (${testDatabase.name})`, async () => {
    await using database = await testDatabase.open();
    const { encryption, store, create } = open(database);
    const { id } = await create();
    const call = callAs();
    const { ciphertext, keyArn } = await encryption.encrypt(call, { ...ssm, keyId: id });
    const decrypt = () => encryption.decrypt(call, { service: "ssm", ciphertext, encryptionContext });
    await store.keys.change({ region: testRegion, id }, () => ({ state: "Disabled" }));
    const disabled = { code: "DisabledException", message: `${keyArn} is disabled.` };
    assert.deepEqual(await failure(decrypt()), disabled);
    assert.deepEqual(await failure(encryption.encrypt(call, { ...ssm, keyId: id })), disabled);
    await store.keys.change({ region: testRegion, id }, () => ({
      state: "PendingDeletion",
      deletionAt: new Date(2 ** 42),
    }));
    assert.deepEqual(await failure(decrypt()), {
      code: "KMSInvalidStateException",
      message: `${keyArn} is pending deletion.`,
    });
    await store.keys.change({ region: testRegion, id }, () => ({ state: "PendingDeletion", deletionAt: clock.now() }));
    assert.deepEqual(await failure(decrypt()), unknownKey);
    assert.deepEqual(await failure(encryption.encrypt(call, { ...ssm, keyId: id })), {
      code: "NotFoundException",
      message: `Key '${keyArn}' does not exist`,
    });
  });
}

test("Encryption in an envelope asks for kms:GenerateDataKey, takes any size, and opens under its context only", async () => {
  await using database = await openSqlite(":memory:");
  const asked: string[] = [];
  const { encryption, create } = open(database, async (_call, { action }) => {
    asked.push(action);
    return undefined;
  });
  const { id } = await create();
  const plaintext = Buffer.alloc(8192, 7);
  const { ciphertext } = await encryption.encrypt(callAs(), { ...ssm, keyId: id, plaintext, envelope: true });
  const decrypt = (text: Uint8Array, context: Record<string, string> = encryptionContext) =>
    encryption.decrypt(callAs(), { service: "ssm", ciphertext: text, encryptionContext: context });
  assert.deepEqual(Buffer.from((await decrypt(ciphertext)).plaintext), plaintext);
  assert.deepEqual(asked, ["kms:GenerateDataKey", "kms:Decrypt"]);
  assert.equal((await failure(decrypt(ciphertext, { other: "context" }))).code, "InvalidCiphertextException");
  const changed = Uint8Array.from(ciphertext);
  changed[changed.length - 1]! ^= 1;
  assert.equal((await failure(decrypt(changed))).code, "InvalidCiphertextException");
});

for (const [service, action] of [
  ["ssm", "kms:Encrypt"],
  ["secretsmanager", "kms:GenerateDataKey"],
] as const) {
  test(`Encryption for ${service} asks for ${action} and kms:Decrypt as its caller, via the service`, async () => {
    await using database = await openSqlite(":memory:");
    const asked: [Call, Access][] = [];
    const { encryption, create, store } = open(database, async (call, access) => {
      const { grants, ...rest } = access;
      assert.ok(grants);
      asked.push([call, rest]);
      return undefined;
    });
    const { id, policy } = await create();
    await store.aliases.create(callAs(), "alias/app", { region: testRegion, id: id }, () => {});
    const call = callAs();
    const { ciphertext, keyArn } = await encryption.encrypt(call, { ...ssm, service, keyId: "alias/app" });
    await encryption.decrypt(call, { service, ciphertext, encryptionContext });
    const access = (name: string, more: object): Access => ({
      action: name,
      resource: keyArn,
      resourceAccount: testAccount,
      resourcePolicy: { name: "default", document: policy, rule: "alone" },
      conditions: {
        "kms:CallerAccount": testAccount,
        "kms:KeyOrigin": "AWS_KMS",
        "kms:KeySpec": "SYMMETRIC_DEFAULT",
        "kms:KeyUsage": "ENCRYPT_DECRYPT",
        "kms:MultiRegion": "false",
        "kms:ResourceAliases": ["alias/app"],
        "aws:ResourceTag/team": "a",
        "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        "kms:EncryptionContextKeys": ["PARAMETER_ARN"],
        "kms:EncryptionContext:PARAMETER_ARN": encryptionContext.PARAMETER_ARN,
        "kms:ViaService": `${service}.us-east-1.amazonaws.com`,
        ...more,
      },
      calledVia: [`${service}.amazonaws.com`],
    });
    assert.deepEqual(asked, [
      [call, access(action, { "kms:RequestAlias": "alias/app" })],
      [call, access("kms:Decrypt", {})],
    ]);
  });
}

test("Encryption words a denial as AccessDeniedException and tells nothing of the plaintext", async () => {
  await using database = await openSqlite(":memory:");
  const allowed = open(database);
  const { ciphertext } = await allowed.encryption.encrypt(callAs(), ssm);
  const denied = open(database, async () => "User: x is not authorized");
  const expected = { code: "AccessDeniedException", message: "User: x is not authorized" };
  const request = { service: "ssm", ciphertext, encryptionContext } as const;
  assert.deepEqual(await failure(denied.encryption.encrypt(callAs(), ssm)), expected);
  assert.deepEqual(await failure(denied.encryption.decrypt(callAs(), request)), expected);
});

test("Encryption refuses another encryption context, and a blob of another region", async () => {
  await using database = await openSqlite(":memory:");
  const { encryption } = open(database);
  const { ciphertext } = await encryption.encrypt(callAs(), ssm);
  const expected = { code: "InvalidCiphertextException", message: "" };
  const request = { service: "ssm", ciphertext, encryptionContext } as const;
  const elsewhere = callAs(rootPrincipal, "eu-west-1");
  assert.deepEqual(await failure(encryption.decrypt(callAs(), { ...request, encryptionContext: {} })), expected);
  assert.deepEqual(await failure(encryption.decrypt(elsewhere, request)), unknownKey);
});

test("A key material that was exchanged in the database does not open", async () => {
  await using database = await openSqlite(":memory:");
  const { encryption, create } = open(database);
  const [key, other] = [await create(), await create()];
  const { ciphertext } = await encryption.encrypt(callAs(), { ...ssm, keyId: key.id });
  const row = database.db.selectFrom("kms_key_materials").select("sealed").where("key_id", "=", other.id);
  const { sealed } = await row.executeTakeFirstOrThrow();
  await database.db.updateTable("kms_key_materials").set({ sealed }).where("key_id", "=", key.id).execute();
  await assert.rejects(
    open(database).encryption.decrypt(callAs(), { service: "ssm", ciphertext, encryptionContext }),
    new Error(`Cannot open KMS key ${key.id} material 1: it was changed, or sealed under another root key`),
  );
});

test("Neither key material nor plaintext stands in the database's files", async () => {
  const directory = await mkdtemp(join(tmpdir(), "sealift-kms-"));
  try {
    await using database = await openSqlite(join(directory, "sealift.db"));
    const { encryption, store, create } = open(database);
    const key = await create();
    const { id } = key;
    const { ciphertext } = await encryption.encrypt(callAs(), { ...ssm, keyId: id });
    await store.aliases.create(callAs(), "alias/canary-that-is-found", { region: testRegion, id: id }, () => {});
    const material = (await store.materials.find(key, 1))!.export();
    assert.notDeepEqual(material, randomBytes(32));
    const files = await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name))));
    const stored = Buffer.concat(files);
    assert.ok(stored.includes("alias/canary-that-is-found"));
    for (const secret of [material, plaintext]) {
      for (const form of [secret, secret.toString("hex"), secret.toString("base64"), secret.toString("base64url")]) {
        assert.equal(stored.includes(form), false);
        assert.equal(Buffer.from(ciphertext).includes(form), false);
      }
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

for (const kind of databases()) {
  test(`isUnderManagedKey knows an AWS managed key under whatever name it was used (${kind.name})`, async () => {
    await using database = await kind.open();
    const { encryption, create } = open(database);
    const call = callAs();
    const { ciphertext, keyArn } = await encryption.encrypt(call, ssm);
    const byId = await encryption.encrypt(call, { ...ssm, keyId: keyArn.split("/")[1]!, envelope: true });
    const own = await encryption.encrypt(call, { ...ssm, keyId: (await create()).id, envelope: true });
    const known = [ciphertext, byId.ciphertext, own.ciphertext, Buffer.from("no ciphertext")];
    assert.deepEqual(await Promise.all(known.map((blob) => encryption.isUnderManagedKey(call, blob))), [
      true,
      true,
      false,
      false,
    ]);
  });
}
